package dev.proreus.guarantees;

import java.util.Arrays;

/** A list of numbers that takes eight bytes for each. */
final class Numbers {
    private static final int FIRST = 8;

    private long[] values = new long[FIRST];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    long get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return values[index];
    }

    int size() {
        return size;
    }
}
