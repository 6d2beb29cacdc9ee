package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.WorkspaceGone;
import org.jspecify.annotations.Nullable;

/** A publication at its position in the ring; that of a change has an event. */
final class RingEntry {
    /** What an entry costs beside the bytes of its object: itself, the change, the event, the name. */
    static final int OVERHEAD_BYTES = 288;

    /** Bytes of the id of one workspace that is gone: a reference and a number. */
    private static final int GONE_BYTES = 24;

    private final long position;
    private final Publication publication;
    private final @Nullable SharedEvent event;
    private final long nanos;

    /**
     * @param place where it happened; null where that is unknown
     * @param nanos when it was published
     */
    RingEntry(long position, Publication publication, @Nullable Place place, long nanos) {
        this.position = position;
        this.publication = publication;
        this.nanos = nanos;
        this.event = publication instanceof Change change ? new SharedEvent(change, place) : null;
    }

    long position() {
        return position;
    }

    Publication publication() {
        return publication;
    }

    /** Returns when it was published, by the clock of the metrics. */
    long nanos() {
        return nanos;
    }

    /** Returns the event; the publication is a change. */
    SharedEvent event() {
        if (event == null) {
            throw new IllegalStateException("position " + position + " of the ring holds no change");
        }
        return event;
    }

    /** Returns the bytes that a publication pins in the ring once every form of it has been asked for. */
    static int bytes(Publication publication) {
        if (publication instanceof WorkspaceGone gone) {
            return OVERHEAD_BYTES + GONE_BYTES * gone.all().size();
        }
        if (!(publication instanceof Change change)) {
            return OVERHEAD_BYTES;
        }
        int event = EventBytes.ownBytes(WatchEvent.ADDED_FIELD_NUMBER, change.object(), change.revision());
        int bytes = OVERHEAD_BYTES + change.object().size() + event;
        bytes += change.now().bytes();
        ByteString previous = change.previous();
        Selectable before = change.before();
        if (previous != null) {
            bytes += previous.size();
        }
        if (previous != null && before != null && !before.equals(change.now())) {
            bytes += event + before.bytes();
            bytes += EventBytes.ownBytes(WatchEvent.LEFT_FIELD_NUMBER, previous, change.revision());
        }
        return bytes;
    }
}
