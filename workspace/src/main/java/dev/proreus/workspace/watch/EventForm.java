package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
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
    static EventForm of(Change change, WatchFilter filter, long ownEpoch) {
        return switch (change.kind()) {
            case ADDED, DELETED -> filter.matches(change.now()) ? COMMITTED : NONE;
            case MODIFIED -> ofModified(change, filter, ownEpoch);
        };
    }

    /** Encodes a change in this form, which is not {@link #NONE}. */
    ByteString encode(Change change) {
        return switch (this) {
            case COMMITTED -> EventBytes.encode(fieldOf(change.kind()), change.object(), change.revision());
            case ENTERED -> EventBytes.encode(WatchEvent.ADDED_FIELD_NUMBER, change.object(), change.revision());
            case LEFT -> EventBytes.encode(WatchEvent.LEFT_FIELD_NUMBER, previous(change), change.revision());
            case NONE -> throw new IllegalArgumentException("a change that is not delivered has no bytes");
        };
    }

    private static EventForm ofModified(Change change, WatchFilter filter, long ownEpoch) {
        boolean now = filter.matches(change.now());
        boolean before = hasMoved(change) ? filter.matches(before(change)) : now;
        if (before && now) {
            return isEcho(change, ownEpoch) ? NONE : COMMITTED;
        }
        if (now) {
            return ENTERED;
        }
        return before ? LEFT : NONE;
    }

    private static boolean isEcho(Change change, long ownEpoch) {
        return ownEpoch != 0 && change.reporterEpoch() == ownEpoch && change.statusOnly();
    }

    private static boolean hasMoved(Change change) {
        return !change.now().equals(change.before());
    }

    private static Selectable before(Change change) {
        Selectable before = change.before();
        if (before == null) {
            throw new IllegalStateException(
                    "the change at revision " + change.revision() + " does not tell what its object was before");
        }
        return before;
    }

    private static ByteString previous(Change change) {
        ByteString previous = change.previous();
        if (previous == null) {
            throw new IllegalStateException("the change at revision " + change.revision()
                    + " took an object away and does not tell the state before");
        }
        return previous;
    }

    private static int fieldOf(ChangeKind kind) {
        return switch (kind) {
            case ADDED -> WatchEvent.ADDED_FIELD_NUMBER;
            case MODIFIED -> WatchEvent.MODIFIED_FIELD_NUMBER;
            case DELETED -> WatchEvent.DELETED_FIELD_NUMBER;
        };
    }
}
