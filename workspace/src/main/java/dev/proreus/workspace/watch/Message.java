package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events on their way into one message: whole positions, closed at a position's border once it is large enough. */
final class Message implements Intake {
    private static final long NO_POSITION = -1;

    private final boolean previous;
    private final @Nullable List<String> workspaces;
    private final List<ByteString> events = new ArrayList<>(4);
    private long bytes;
    private int whole;
    private long wholeBytes;
    private long through = NO_POSITION;

    Message(Shape shape) {
        this.previous = shape.previous();
        this.workspaces = shape.routed() ? new ArrayList<>(4) : null;
    }

    /**
     * What a subscription's messages tell beside the events; shared by those that want the same.
     *
     * @param previous whether events carry the state before
     * @param routed whether events say which workspace they happened in
     */
    record Shape(boolean previous, boolean routed) {
        private static final Shape[] ALL = {
            new Shape(false, false), new Shape(false, true), new Shape(true, false), new Shape(true, true)
        };

        static Shape of(WatchSpec spec) {
            return ALL[(spec.previous() ? 2 : 0) + (spec.scope() instanceof Scope.Subtree ? 1 : 0)];
        }
    }

    @Override
    public void add(SharedEvent event, EventForm form) {
        add(event.bytes(form, previous), event.path());
    }

    /** Adds an event of the workspace with a path, which is not looked at where the message has but one. */
    void add(ByteString event, String workspace) {
        events.add(event);
        bytes += event.size();
        if (workspaces != null) {
            workspaces.add(workspace);
        }
    }

    /** Returns whether another position may be added. */
    boolean hasRoom() {
        return bytes <= Limits.WATCH_BATCH_BYTES;
    }

    /** Ends the position that the last events are of; takes them back and returns false where they are too much. */
    boolean end(long position) {
        if (bytes > Limits.WATCH_MESSAGE_BYTES) {
            if (whole == 0) {
                throw new IllegalStateException("position " + position + " has " + bytes
                        + " bytes of events, and a message holds " + Limits.WATCH_MESSAGE_BYTES);
            }
            takeBack();
            return false;
        }
        whole = events.size();
        wholeBytes = bytes;
        through = position;
        return true;
    }

    /** Takes back what was added since a position was ended last. */
    void takeBack() {
        events.subList(whole, events.size()).clear();
        if (workspaces != null) {
            workspaces.subList(whole, workspaces.size()).clear();
        }
        bytes = wholeBytes;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Returns how many events it has. */
    int count() {
        return events.size();
    }

    /** Returns the bytes of the events. */
    long bytes() {
        return bytes;
    }

    /** Returns the last position in the message; it is not empty. */
    long through() {
        return through;
    }

    /** Returns what the sink is given, for it to keep. */
    WatchMessage close(long bookmark) {
        return new WatchMessage(events, workspaces == null ? List.of() : workspaces, bookmark);
    }
}
