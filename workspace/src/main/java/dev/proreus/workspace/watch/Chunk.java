package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events for one subscription, encoded, that wait to be given: changes in whole positions, or one by one where each
 * stands for itself. Built on any thread, then confined to the subscription's loop.
 */
final class Chunk implements Feed {
    /** What the events are, and so what giving them means. */
    enum Kind {
        /** Each change of some positions: every border between two of them is one where a client may resume. */
        CHANGES,
        /**
         * What came of all changes of some positions: true only once it was given whole, which a bookmark then says.
         */
        PASS,
        /** A part of a snapshot. */
        STATES
    }

    private final Kind kind;
    private final List<ByteString> events = new ArrayList<>();
    private final List<String> workspaces = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private long bytes;
    private long reached;
    private SnapshotPosition.@Nullable Page next;
    private BodyRooms.@Nullable Room room;
    private int taken;
    private int takenAfterNext;

    Chunk(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** Adds an event behind the others. */
    void add(ByteString event, String workspace, long position) {
        events.add(event);
        workspaces.add(workspace);
        positions.add(position);
        bytes += event.size();
    }

    /** Takes back all but the first events. */
    void cutTo(int count) {
        for (int i = count; i < events.size(); i++) {
            bytes -= events.get(i).size();
        }
        events.subList(count, events.size()).clear();
        workspaces.subList(count, workspaces.size()).clear();
        positions.subList(count, positions.size()).clear();
    }

    /** Says that this chunk and those before it tell everything up to a position. */
    Chunk reached(long position) {
        reached = position;
        return this;
    }

    /** Says where the snapshot goes on; null for nowhere. */
    Chunk next(SnapshotPosition.@Nullable Page page) {
        next = page;
        return this;
    }

    /** Says where bodies of its events lie, which it gives back; null where each has memory of its own. */
    Chunk within(BodyRooms.@Nullable Room bodies) {
        room = bodies;
        return this;
    }

    /** Gives back where bodies lay, since all events were given. */
    void release() {
        if (room != null) {
            room.giveBack();
            room = null;
        }
    }

    int size() {
        return events.size();
    }

    long bytes() {
        return bytes;
    }

    /** Returns whether all its events have been taken. */
    boolean isEmpty() {
        return taken == events.size();
    }

    /** Returns whether some of its events have been taken. */
    boolean isBegun() {
        return taken > 0;
    }

    /** Returns the position up to which this chunk and those before it tell everything. */
    long reached() {
        return reached;
    }

    /** Returns where the snapshot goes on, or null where this is its end. */
    SnapshotPosition.@Nullable Page next() {
        return next;
    }

    @Override
    public long appendNext(Message message) {
        if (isEmpty()) {
            return NOTHING;
        }
        long position = positions.get(taken);
        takenAfterNext = taken;
        do {
            message.add(events.get(takenAfterNext), workspaces.get(takenAfterNext));
            takenAfterNext++;
        } while (kind == Kind.CHANGES && takenAfterNext < events.size() && positions.get(takenAfterNext) == position);
        return position;
    }

    @Override
    public void advance() {
        taken = takenAfterNext;
    }
}
