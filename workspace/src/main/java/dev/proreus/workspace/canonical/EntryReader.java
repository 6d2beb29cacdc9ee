package dev.proreus.workspace.canonical;

import java.util.Arrays;

/** Steps through the entries of canonical Struct content. */
final class EntryReader {
    private final WireCursor in;
    private final int end;
    private int from;
    private int keyFrom;
    private int keyTo;
    private int valueFrom;
    private int valueTo;

    EntryReader(WireCursor in, int end) {
        this.in = in;
        this.end = end;
    }

    /** Steps to the next entry; false where there is none. */
    boolean next() {
        from = in.at();
        if (from >= end) {
            return false;
        }
        expect(in.tag(end), Tags.ENTRY);
        int to = in.block(end);
        keyFrom = to;
        keyTo = to;
        valueFrom = to;
        valueTo = to;
        while (in.at() < to) {
            field(in.tag(to), to);
        }
        return true;
    }

    private void field(int tag, int to) {
        int fieldTo = in.block(to);
        if (tag == Tags.KEY) {
            keyFrom = in.at();
            keyTo = fieldTo;
        } else {
            expect(tag, Tags.VALUE);
            valueFrom = in.at();
            valueTo = fieldTo;
        }
        in.moveTo(fieldTo);
    }

    /** Returns where the entry starts, its tag included. */
    int from() {
        return from;
    }

    /** Returns where the entry ends. */
    int to() {
        return in.at();
    }

    int valueFrom() {
        return valueFrom;
    }

    int valueTo() {
        return valueTo;
    }

    String key() {
        return in.text(keyFrom, keyTo);
    }

    /** Compares the entry's key with another in the canonical order. */
    int compareKey(byte[] other) {
        return Arrays.compareUnsigned(in.bytes(), keyFrom, keyTo, other, 0, other.length);
    }

    private static void expect(int tag, int expected) {
        if (tag != expected) {
            throw new IllegalArgumentException("these bytes are no Struct: one " + Tags.violation(tag, 0));
        }
    }
}
