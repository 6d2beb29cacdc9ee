package dev.proreus.server.object;

import java.util.random.RandomGenerator;

/** Completes names that a request leaves to the server: a prefix, and five random characters that spell no words. */
final class GeneratedNames {
    /** Without vowels and without digits that look like them. */
    static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    static final int CHARS = 5;

    private final RandomGenerator random;

    GeneratedNames(RandomGenerator random) {
        this.random = random;
    }

    /** Returns a name that starts with {@code prefix}. */
    String after(String prefix) {
        StringBuilder name = new StringBuilder(prefix);
        for (int i = 0; i < CHARS; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
