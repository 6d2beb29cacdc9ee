package dev.proreus.workspace.store.rows;

import java.time.Instant;

/** What every row requires of its parts; a breach is {@link IllegalArgumentException}. */
final class Require {
    private Require() {}

    static void natural(String what, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(what + " " + number + " is negative");
        }
    }

    static void named(String what, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
    }

    /** Requires a time that nanoseconds since the epoch can hold: years 1677 to 2262. */
    static void storable(String what, Instant time) {
        try {
            RowBytes.nanos(time);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(what + " " + time + " is out of range", e);
        }
    }
}
