package dev.proreus.guarantees;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a watch: events, a bookmark, or events and a bookmark after them.
 *
 * @param arrived when it was there, in nanoseconds of the recording's clock
 * @param bytes its size
 * @param events its events, in their order
 * @param bookmark its bookmark; null where it has none
 */
public record Message(
        long arrived,
        int bytes,
        List<Event> events,
        @Nullable Mark bookmark) {
    /** Takes a copy. */
    public Message {
        events = List.copyOf(events);
    }

    /**
     * A bookmark.
     *
     * @param revision everything up to it has been delivered; 0 in a watch over a subtree
     * @param initialDone whether it closes the initial state
     * @param token the position of a watch over a subtree; empty elsewhere
     */
    public record Mark(long revision, boolean initialDone, String token) {
        /** Makes a bookmark of one workspace. */
        public Mark(long revision, boolean initialDone) {
            this(revision, initialDone, "");
        }
    }
}
