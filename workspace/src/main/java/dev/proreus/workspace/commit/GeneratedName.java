package dev.proreus.workspace.commit;

import java.util.UUID;

/** A name that a request leaves to the server: a prefix, and five random characters that spell no words. */
final class GeneratedName {
    /** Without vowels and without digits that look like them. */
    static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    /** How many names are tried before one that is taken is refused. */
    static final int TRIES = 4;

    private static final int CHARS = 5;
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private GeneratedName() {}

    /**
     * Returns a name; the same arguments give the same name.
     *
     * @param prefix what it starts with
     * @param chance random bits, which travel in the command
     * @param attempt from 0, each gives another name
     */
    static String after(String prefix, UUID chance, int attempt) {
        long bits = chance.getMostSignificantBits() ^ (chance.getLeastSignificantBits() + attempt * STEP);
        bits = (bits ^ (bits >>> 32)) * STEP;
        bits = (bits ^ (bits >>> 29)) & Long.MAX_VALUE;
        StringBuilder name = new StringBuilder(prefix);
        for (int i = 0; i < CHARS; i++) {
            name.append(ALPHABET.charAt((int) (bits % ALPHABET.length())));
            bits /= ALPHABET.length();
        }
        return name.toString();
    }
}
