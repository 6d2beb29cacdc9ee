package dev.proreus.loadtest.client;

/** Letters without a pattern, the same in every run: what a store can compress little of. */
public final class Letters {
    /** Values that a letter can have. */
    private static final int VALUES = 0x40;

    private Letters() {}

    /** Returns so many, by a multiplicative generator (Lehmer). */
    public static byte[] of(int length) {
        byte[] letters = new byte[length];
        long state = 1;
        for (int i = 0; i < length; i++) {
            state = state * 48_271 % 0x7fff_ffff;
            letters[i] = (byte) ((state >> 8 & VALUES - 1) + '0');
        }
        return letters;
    }
}
