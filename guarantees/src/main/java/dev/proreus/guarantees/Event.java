package dev.proreus.guarantees;

import org.jspecify.annotations.Nullable;

/**
 * One event of a watch.
 *
 * @param kind what it says
 * @param state the object that it carries
 * @param previous the state before; null where it carries none
 * @param revision the revision that it names
 * @param bytes its size in the message
 */
public record Event(Kind kind, State state, @Nullable State previous, long revision, int bytes) {
    /** What an event says. */
    public enum Kind {
        /** The object is new, or newly matches. */
        ADDED(0),
        /** The object changed. */
        MODIFIED(1),
        /** The object is gone. */
        DELETED(2),
        /** The object exists, but no longer matches. */
        LEFT(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** Returns the number that stands for it in columns and files, below 4. */
        public int code() {
            return code;
        }

        /** Returns what a number stands for. */
        public static Kind of(int code) {
            return switch (code) {
                case 0 -> ADDED;
                case 1 -> MODIFIED;
                case 2 -> DELETED;
                case 3 -> LEFT;
                default -> throw new IllegalArgumentException("no kind of event is " + code);
            };
        }
    }

    /** Returns the event as people read it. */
    @Override
    public String toString() {
        return kind + " " + state + " at " + revision;
    }
}
