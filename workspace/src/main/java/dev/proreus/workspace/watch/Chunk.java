package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.History;
import dev.proreus.workspace.ObjectState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events for one subscription in one read of history, encoded: changes in whole revisions, or states, which stand
 * each for itself. Built on a reader thread, then confined to the subscription's loop.
 */
final class Chunk implements Feed {
    private final List<ByteString> events = new ArrayList<>();
    private final List<Long> revisions = new ArrayList<>();
    private final boolean areStates;
    private final long reached;
    private final @Nullable String lastName;
    private final boolean more;
    private int taken;
    private int takenAfterNext;

    private Chunk(boolean areStates, long reached, @Nullable String lastName, boolean more) {
        this.areStates = areStates;
        this.reached = reached;
        this.lastName = lastName;
        this.more = more;
    }

    /** Encodes what a subscription wants of the changes in (after, through]. */
    static Chunk ofChanges(History.Changes read, WatchFilter filter, WatchSpec spec, long after, long through) {
        if (read.reached() <= after || read.reached() > through) {
            throw new IllegalStateException("history was asked for the revisions from " + after + ", exclusive, to "
                    + through + " and says that it reached " + read.reached());
        }
        Chunk chunk = new Chunk(false, read.reached(), null, read.reached() < through);
        long last = after + 1;
        for (Change change : read.list()) {
            if (change.revision() < last || change.revision() > read.reached()) {
                throw new IllegalStateException("history gave revision " + change.revision() + " where one from " + last
                        + " to " + read.reached() + " was due");
            }
            last = change.revision();
            EventForm form = EventForm.of(change, filter, spec.ownEpoch());
            if (form != EventForm.NONE) {
                chunk.add(form.encode(change), change.revision());
            }
        }
        return chunk;
    }

    /** Encodes what a subscription wants of a page of states as they stood at a revision. */
    static Chunk ofStates(History.States read, WatchFilter filter, long atRevision) {
        List<ObjectState> states = read.list();
        if (states.isEmpty() && read.more()) {
            throw new IllegalStateException("history gave no state and says that others follow");
        }
        String lastName =
                states.isEmpty() ? null : states.get(states.size() - 1).name();
        Chunk chunk = new Chunk(true, atRevision, lastName, read.more());
        for (ObjectState state : states) {
            if (filter.matches(state.selectable())) {
                ByteString event = EventBytes.encode(WatchEvent.ADDED_FIELD_NUMBER, state.object(), state.revision());
                chunk.add(event, state.revision());
            }
        }
        return chunk;
    }

    /** Returns whether all its events have been taken. */
    boolean isEmpty() {
        return taken == events.size();
    }

    /** Returns the revision up to which this chunk and those before it tell everything. */
    long reached() {
        return reached;
    }

    /** Returns the name to read on after, or null where nothing was read. */
    @Nullable
    String lastName() {
        return lastName;
    }

    /** Returns whether there is more to read behind it. */
    boolean more() {
        return more;
    }

    @Override
    public long appendNext(Message message) {
        if (isEmpty()) {
            return NOTHING;
        }
        long revision = revisions.get(taken);
        takenAfterNext = taken;
        do {
            message.add(events.get(takenAfterNext));
            takenAfterNext++;
        } while (!areStates && takenAfterNext < events.size() && revisions.get(takenAfterNext) == revision);
        return revision;
    }

    @Override
    public void advance() {
        taken = takenAfterNext;
    }

    private void add(ByteString event, long revision) {
        events.add(event);
        revisions.add(revision);
    }
}
