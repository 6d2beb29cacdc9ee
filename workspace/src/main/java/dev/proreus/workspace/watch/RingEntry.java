package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.Selectable;
import org.jspecify.annotations.Nullable;

/** A publication at its position in the ring, with the forms of its event, each encoded when first asked for. */
final class RingEntry {
    /** What an entry costs beside the bytes of its object: itself, the change, the name. */
    static final int OVERHEAD_BYTES = 256;

    private final long position;
    private final Publication publication;
    private volatile @Nullable ByteString committed;
    private volatile @Nullable ByteString entered;
    private volatile @Nullable ByteString left;

    RingEntry(long position, Publication publication) {
        this.position = position;
        this.publication = publication;
    }

    long position() {
        return position;
    }

    Publication publication() {
        return publication;
    }

    /** Returns the bytes of the event in a form; the same to every caller. */
    ByteString event(EventForm form) {
        ByteString known = known(form);
        return known != null ? known : encodeOnce(form);
    }

    /** Returns the bytes that a publication pins in the ring once every form of it has been asked for. */
    static long bytes(Publication publication) {
        if (!(publication instanceof Change change)) {
            return OVERHEAD_BYTES;
        }
        long event = EventBytes.length(WatchEvent.ADDED_FIELD_NUMBER, change.object(), change.revision());
        long bytes = OVERHEAD_BYTES + change.object().size() + event;
        bytes += change.now().bytes();
        ByteString previous = change.previous();
        Selectable before = change.before();
        if (previous != null) {
            bytes += previous.size();
        }
        if (previous != null && before != null && !before.equals(change.now())) {
            bytes += event + before.bytes();
            bytes += EventBytes.length(WatchEvent.LEFT_FIELD_NUMBER, previous, change.revision());
        }
        return bytes;
    }

    /** Loops that meet here wait for one copy of an object, which each would make itself otherwise. */
    private synchronized ByteString encodeOnce(EventForm form) {
        ByteString known = known(form);
        if (known != null) {
            return known;
        }
        if (!(publication instanceof Change change)) {
            throw new IllegalStateException("position " + position + " of the ring holds no change");
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

    private @Nullable ByteString known(EventForm form) {
        return switch (form) {
            case COMMITTED -> committed;
            case ENTERED -> entered;
            case LEFT -> left;
            case NONE -> null;
        };
    }
}
