package dev.proreus.workspace.canonical;

import java.util.Arrays;

/**
 * The entries of the maps that are being written, those of the innermost map last. A map that is complete is brought
 * into the ascending order of its keys, compared as unsigned bytes, which for UTF-8 is the order of code points.
 */
final class EntryOrder {
    /** What wants to know of keys that are there twice. */
    interface Duplicates {
        void found(int keyFrom, int keyTo);
    }

    private static final int STRIDE = 3;
    private static final int SHORT_RUN = 8;

    private final byte[] keys;
    private final Duplicates duplicates;
    private int[] noted = new int[16 * STRIDE];
    private int size;

    /** Makes an empty one, for keys that lie in {@code keys}. */
    EntryOrder(byte[] keys, Duplicates duplicates) {
        this.keys = keys;
        this.duplicates = duplicates;
    }

    /** Begins a map and returns its mark. */
    int open() {
        return size;
    }

    /** Notes an entry of the innermost map: where it was written, and where its key lies. */
    void add(int writtenAt, int keyFrom, int keyTo) {
        if (size * STRIDE == noted.length) {
            noted = Arrays.copyOf(noted, noted.length * 2);
        }
        noted[size * STRIDE] = writtenAt;
        noted[size * STRIDE + 1] = keyFrom;
        noted[size * STRIDE + 2] = keyTo;
        size++;
    }

    /** Ends the innermost map, whose entries are the last that were written to {@code out}. */
    void close(int mark, WireBuffer out) {
        boolean ascending = true;
        for (int i = mark + 1; i < size && ascending; i++) {
            ascending = compare(i - 1, i) < 0;
        }
        if (!ascending) {
            int[] order = sorted(mark);
            for (int i = 1; i < order.length; i++) {
                if (compare(order[i - 1], order[i]) == 0) {
                    duplicates.found(noted[order[i] * STRIDE + 1], noted[order[i] * STRIDE + 2]);
                }
            }
            rewrite(mark, order, out);
        }
        size = mark;
    }

    private void rewrite(int mark, int[] order, WireBuffer out) {
        int from = noted[mark * STRIDE];
        int end = out.size();
        byte[] written = out.cut(from);
        for (int entry : order) {
            int entryEnd = entry + 1 == size ? end : noted[(entry + 1) * STRIDE];
            out.raw(written, noted[entry * STRIDE] - from, entryEnd - from);
        }
    }

    private int compare(int one, int other) {
        return Arrays.compareUnsigned(
                keys,
                noted[one * STRIDE + 1],
                noted[one * STRIDE + 2],
                keys,
                noted[other * STRIDE + 1],
                noted[other * STRIDE + 2]);
    }

    /** Returns the numbers of the innermost map's entries in order; those of equal keys stay as they were. */
    private int[] sorted(int mark) {
        int[] order = new int[size - mark];
        for (int i = 0; i < order.length; i++) {
            order[i] = mark + i;
        }
        sort(order, new int[order.length], 0, order.length);
        return order;
    }

    private void sort(int[] order, int[] spare, int from, int to) {
        if (to - from <= SHORT_RUN) {
            insertionSort(order, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(order, spare, from, middle);
        sort(order, spare, middle, to);
        if (compare(order[middle - 1], order[middle]) > 0) {
            merge(order, spare, from, middle, to);
        }
    }

    private void insertionSort(int[] order, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int entry = order[i];
            int place = i;
            while (place > from && compare(order[place - 1], entry) > 0) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = entry;
        }
    }

    private void merge(int[] order, int[] spare, int from, int middle, int to) {
        System.arraycopy(order, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        for (int i = from; left < middle; i++) {
            boolean takeLeft = right == to || compare(spare[left], order[right]) <= 0;
            order[i] = takeLeft ? spare[left++] : order[right++];
        }
    }
}
