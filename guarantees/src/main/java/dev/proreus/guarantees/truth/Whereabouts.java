package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * At which revision of a workspace a client's view of it is the whole truth. It only goes forward: a client's view
 * never goes back. Of several such revisions it finds the oldest, so that nothing is held against anybody that came
 * later.
 */
final class Whereabouts {
    /** That the view is the truth at no revision. */
    static final long NOWHERE = -1;

    private final List<Change> changes;
    private final Due due;
    private final Map<Key, State> held = new HashMap<>();
    private final Map<Key, State> wanted = new HashMap<>();
    private final Set<Key> differing = new HashSet<>();
    private int next;
    private long revision;

    /** Starts with a client that holds nothing, at the oldest revision that is known. */
    Whereabouts(Due due, long oldest) {
        this.due = due;
        this.changes = due.changesAfter(oldest);
        this.revision = oldest;
        due.statesAt(oldest).forEach(state -> want(state.key(), state));
    }

    /** Lets the client hold what matches at a revision. */
    void holdAllAt(long at) {
        advance(at);
        held.clear();
        held.putAll(wanted);
        differing.clear();
    }

    /** Lets the client take in an event. */
    void take(Event event) {
        boolean gone = event.kind() == Event.Kind.DELETED || event.kind() == Event.Kind.LEFT;
        Key key = event.state().key();
        if (gone) {
            held.remove(key);
        } else {
            held.put(key, event.state());
        }
        compare(key);
    }

    /** Returns the oldest revision, from one on and not below what it found before, at which the view is the truth. */
    long find(long least) {
        advance(least);
        while (!differing.isEmpty()) {
            if (next == changes.size()) {
                return NOWHERE;
            }
            advance(changes.get(next).revision());
        }
        return revision;
    }

    private void advance(long to) {
        revision = Math.max(revision, to);
        while (next < changes.size() && changes.get(next).revision() <= revision) {
            Change change = changes.get(next++);
            want(change.key(), due.matches(change.after()) ? change.after() : null);
        }
    }

    private void want(Key key, @Nullable State state) {
        if (state == null) {
            wanted.remove(key);
        } else {
            wanted.put(key, state);
        }
        compare(key);
    }

    private void compare(Key key) {
        if (Objects.equals(held.get(key), wanted.get(key))) {
            differing.remove(key);
        } else {
            differing.add(key);
        }
    }
}
