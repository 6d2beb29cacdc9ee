package dev.proreus.loadtest.client;

import java.nio.charset.StandardCharsets;

/**
 * Pieces of equal length of one long text without a pattern, the same in every run: what a store can compress little
 * of. Pieces whose numbers lie near each other have nothing in common, since a store compresses neighbours together.
 */
public final class Letters {
    /** Places where a piece may begin. */
    private static final int PLACES = 1 << 20;

    /** From a piece to the next, the golden part of the places: following multiples of it keep well apart. */
    private static final int STEP = 648_055;

    /** Values that a letter can have: 6 bits of 8 in each. */
    private static final int VALUES = 0x40;

    private final byte[] text;
    private final int length;

    /** @param length of each piece */
    public Letters(int length) {
        this.length = length;
        this.text = text(PLACES + length);
    }

    /** Copies a piece into an array. */
    public void copy(long number, byte[] to, int at) {
        System.arraycopy(text, place(number), to, at, length);
    }

    /** Returns a piece. */
    public String piece(long number) {
        return new String(text, place(number), length, StandardCharsets.US_ASCII);
    }

    private static int place(long number) {
        return (int) (number * STEP % PLACES);
    }

    /** Letters by a multiplicative generator (Lehmer). */
    private static byte[] text(int length) {
        byte[] letters = new byte[length];
        long state = 1;
        for (int i = 0; i < length; i++) {
            state = state * 48_271 % 0x7fff_ffff;
            letters[i] = (byte) ((state >> 8 & VALUES - 1) + '0');
        }
        return letters;
    }
}
