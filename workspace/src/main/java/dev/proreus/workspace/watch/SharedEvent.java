package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.Place;
import org.jspecify.annotations.Nullable;

/**
 * One change with the forms of its event, each encoded when first asked for. Forms with the state before share the
 * bytes of both states, so that they take no memory to speak of. Thread-safe where the change is.
 */
final class SharedEvent {
    private final ChangeView change;
    private final @Nullable Place place;

    /*
     * The forms are set and read by any thread, and are not volatile: each is immutable, with its bytes behind a final
     * field, so whoever sees it sees it whole, and whoever does not yet makes an equal one. A volatile write would wait
     * until all that was encoded has left the core, for each event.
     */
    private @Nullable ByteString committed;
    private @Nullable ByteString entered;
    private @Nullable ByteString left;
    private @Nullable ByteString committedWithPrevious;
    private @Nullable ByteString enteredWithPrevious;

    /** @param place where it happened; null where only one workspace is looked at */
    SharedEvent(ChangeView change, @Nullable Place place) {
        this.change = change;
        this.place = place;
    }

    ChangeView change() {
        return change;
    }

    @Nullable
    Place place() {
        return place;
    }

    /** Returns the path of where it happened; empty where only one workspace is looked at. */
    String path() {
        return place == null ? "" : place.path();
    }

    /** Returns the bytes of the event in a form, which is not {@link EventForm#NONE}. */
    ByteString bytes(EventForm form, boolean previousWanted) {
        boolean withPrevious = previousWanted && form.tellsPrevious(change);
        ByteString known = known(form, withPrevious);
        return known != null ? known : encode(form, withPrevious);
    }

    /** Loops that meet here make one each, which are equal: that is rare, and a lock would cost every event. */
    private ByteString encode(EventForm form, boolean withPrevious) {
        if (withPrevious) {
            ByteString encoded = form.encodeWithPrevious(change);
            if (form == EventForm.COMMITTED) {
                committedWithPrevious = encoded;
            } else {
                enteredWithPrevious = encoded;
            }
            return encoded;
        }
        ByteString encoded = form.encode(change);
        switch (form) {
            case COMMITTED -> committed = encoded;
            case ENTERED -> entered = encoded;
            case LEFT -> left = encoded;
            case NONE -> throw new AssertionError(form);
        }
        return encoded;
    }

    private @Nullable ByteString known(EventForm form, boolean withPrevious) {
        return switch (form) {
            case COMMITTED -> withPrevious ? committedWithPrevious : committed;
            case ENTERED -> withPrevious ? enteredWithPrevious : entered;
            case LEFT -> left;
            case NONE -> null;
        };
    }
}
