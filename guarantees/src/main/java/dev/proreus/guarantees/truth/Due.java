package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a watch is due to be told. */
public final class Due {
    private final Truth truth;
    private final Interest interest;
    private final Selector selector;

    /** Makes what a watch is due, by what really happened. */
    public Due(Truth truth, Interest interest) {
        this.truth = truth;
        this.interest = interest;
        this.selector = Selector.of(interest);
    }

    /** Returns whether a state matches what the watch asks for. */
    public boolean matches(@Nullable State state) {
        return selector.matches(state);
    }

    /** Returns the changes that may concern the watch, above a revision, in order. */
    public List<Change> changesAfter(long revision) {
        if (interest.name().isEmpty()) {
            return truth.changesAfter(interest.workspace(), interest.type(), revision);
        }
        List<Change> changes = new ArrayList<>();
        Key key = new Key(interest.workspace(), interest.type(), interest.name());
        State before = null;
        for (KeyHistory.Version version : truth.history(key).versions()) {
            if (version.revision() > revision) {
                changes.add(new Change(version.revision(), key, before, version.state()));
            }
            before = version.state();
        }
        return changes;
    }

    /** Returns the event that a change is for the watch; null where it is none. */
    public @Nullable Event event(Change change) {
        State before = change.before();
        State after = change.after();
        boolean matched = before != null && matches(before);
        boolean matchesNow = after != null && matches(after);
        if (before != null && matched && !matchesNow) {
            Event.Kind kind = after == null ? Event.Kind.DELETED : Event.Kind.LEFT;
            return new Event(kind, before, null, change.revision(), 0);
        }
        if (after == null || !matchesNow) {
            return null;
        }
        return new Event(matched ? Event.Kind.MODIFIED : Event.Kind.ADDED, after, null, change.revision(), 0);
    }

    /** Returns the events due above one revision, up to and with another, in order. */
    public List<Event> events(long from, long to) {
        List<Event> due = new ArrayList<>();
        for (Change change : changesAfter(from)) {
            if (change.revision() > to) {
                break;
            }
            Event event = event(change);
            if (event != null) {
                due.add(event);
            }
        }
        return due;
    }

    /** Returns the states that match at a revision. */
    public List<State> statesAt(long revision) {
        List<State> states = new ArrayList<>();
        for (Key key : candidates()) {
            State state = truth.history(key).at(revision);
            if (state != null && matches(state)) {
                states.add(state);
            }
        }
        return states;
    }

    private Iterable<Key> candidates() {
        if (!interest.name().isEmpty()) {
            return List.of(new Key(interest.workspace(), interest.type(), interest.name()));
        }
        return truth.keysOf(interest.workspace(), interest.type());
    }
}
