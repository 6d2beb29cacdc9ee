package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.Selectable;

/** How a change looks to a subscription: as committed, or as an object that enters or leaves what it wants. */
enum EventForm {
    /** Not at all. */
    NONE(0),
    /** Added, modified or deleted, as it was committed. */
    COMMITTED(1),
    /** Added, since the object matches from now on. */
    ENTERED(2),
    /** Left, with the last state that matched, since the object exists but no longer matches. */
    LEFT(3);

    private final int code;

    EventForm(int code) {
        this.code = code;
    }

    /** Returns two bits that stand for the form. */
    int code() {
        return code;
    }

    static EventForm ofCode(int code) {
        return switch (code) {
            case 1 -> COMMITTED;
            case 2 -> ENTERED;
            case 3 -> LEFT;
            default -> NONE;
        };
    }

    /**
     * Returns the form in which a change is delivered.
     *
     * @param ownEpoch epoch of the session whose own reports are not echoed to it; 0 for none
     */
    static EventForm of(ChangeView change, WatchFilter filter, long ownEpoch) {
        return switch (change.kind()) {
            case ADDED, DELETED -> matchesNow(change, filter) ? COMMITTED : NONE;
            case MODIFIED -> ofModified(change, filter, ownEpoch);
        };
    }

    /** Returns whether a change is a report of the session itself, which it is not told of by itself. */
    static boolean isEcho(ChangeView change, long ownEpoch) {
        return ownEpoch != 0 && change.reporterEpoch() == ownEpoch && change.statusOnly();
    }

    /** Returns whether the object matches after the change; of a deleted one, whether its last state did. */
    static boolean matchesNow(ChangeView change, WatchFilter filter) {
        return filter.byNameAlone() ? matchesByName(change, filter) : filter.matches(change.now());
    }

    /** Returns whether the object was there before the change and matched. */
    static boolean matchedBefore(ChangeView change, WatchFilter filter) {
        return switch (change.kind()) {
            case ADDED -> false;
            case DELETED -> matchesNow(change, filter);
            case MODIFIED ->
                filter.byNameAlone() ? matchesByName(change, filter) : filter.matches(selectableBefore(change));
        };
    }

    /** Returns the wire bytes of the state before a change that is not ADDED. */
    static ByteString stateBefore(ChangeView change) {
        ByteString before = change.kind() == ChangeKind.DELETED ? change.object() : change.previous();
        if (before == null) {
            throw new IllegalStateException(
                    "the change at revision " + change.revision() + " does not tell the state before");
        }
        return before;
    }

    /** Returns whether the event of a change in this form has a state before that is not the event's own. */
    boolean tellsPrevious(ChangeView change) {
        return this == ENTERED || (this == COMMITTED && change.kind() == ChangeKind.MODIFIED);
    }

    /** Encodes a change in this form, which is not {@link #NONE}. */
    ByteString encode(ChangeView change) {
        return EventBytes.encode(
                fieldOf(change), this == LEFT ? stateBefore(change) : change.object(), change.revision());
    }

    /** Encodes a change in this form, which {@link #tellsPrevious}. */
    ByteString encodeWithPrevious(ChangeView change) {
        return EventBytes.encode(fieldOf(change), change.object(), stateBefore(change), change.revision());
    }

    private static EventForm ofModified(ChangeView change, WatchFilter filter, long ownEpoch) {
        boolean now = matchesNow(change, filter);
        boolean before = (filter.byNameAlone() || !hasMoved(change)) ? now : matchedBefore(change, filter);
        if (before && now) {
            return isEcho(change, ownEpoch) ? NONE : COMMITTED;
        }
        if (now) {
            return ENTERED;
        }
        return before ? LEFT : NONE;
    }

    private static boolean matchesByName(ChangeView change, WatchFilter filter) {
        String name = filter.name();
        return name == null || name.equals(change.name());
    }

    /** Quick where nothing moved: what is equal before and now is one instance. */
    private static boolean hasMoved(ChangeView change) {
        return !change.now().equals(change.before());
    }

    private static Selectable selectableBefore(ChangeView change) {
        Selectable before = change.before();
        if (before == null) {
            throw new IllegalStateException(
                    "the change at revision " + change.revision() + " does not tell what its object was before");
        }
        return before;
    }

    private int fieldOf(ChangeView change) {
        return switch (this) {
            case COMMITTED ->
                switch (change.kind()) {
                    case ADDED -> WatchEvent.ADDED_FIELD_NUMBER;
                    case MODIFIED -> WatchEvent.MODIFIED_FIELD_NUMBER;
                    case DELETED -> WatchEvent.DELETED_FIELD_NUMBER;
                };
            case ENTERED -> WatchEvent.ADDED_FIELD_NUMBER;
            case LEFT -> WatchEvent.LEFT_FIELD_NUMBER;
            case NONE -> throw new IllegalArgumentException("a change that is not delivered has no event");
        };
    }
}
