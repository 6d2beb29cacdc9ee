package dev.proreus.cli.watch;

import dev.proreus.v1.Object;
import java.util.Locale;

/**
 * What happened to an object.
 *
 * @param kind what
 * @param object its newest state, or its last one where it is deleted or left
 * @param revision at which it happened; where it was missed and only its outcome is known, that of the state
 */
public record Change(Kind kind, Object object, long revision) {

    /** What can happen. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED,
        LEFT;

        /** Returns the word that people read. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
