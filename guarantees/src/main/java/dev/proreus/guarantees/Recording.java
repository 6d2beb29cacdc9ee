package dev.proreus.guarantees;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the clients of a run did and were told. Equal states, keys and facts are kept once, however many
 * watches were told of them. Any thread may add; validators read once nothing is added any more.
 */
public final class Recording {
    private final List<Operation> operations = new ArrayList<>();
    private final List<RecordedWatch> watches = new ArrayList<>();
    private final List<Lifetime> lifetimes = new ArrayList<>();
    private final Map<State, State> states = new HashMap<>();
    private final Map<Facts, Facts> facts = new HashMap<>();
    private final Map<Key, Key> keys = new HashMap<>();

    /** Makes an empty recording. */
    public Recording() {}

    /** Adds an operation that has ended. */
    public synchronized void add(Operation operation) {
        operations.add(operation);
    }

    /** Adds the life of a workspace; those of all there ever were, or none. */
    public synchronized void add(Lifetime lifetime) {
        lifetimes.add(lifetime);
    }

    /** Adds a watch that is asked for now. */
    public synchronized RecordedWatch open(long now, Interest interest) {
        RecordedWatch watch = new RecordedWatch(watches.size(), now, interest);
        watches.add(watch);
        return watch;
    }

    /** Adds a message of a watch. */
    public synchronized void add(RecordedWatch watch, Message message) {
        watch.add(message);
    }

    /** Adds why a watch has ended. */
    public synchronized void ended(RecordedWatch watch, String why) {
        watch.ended(why);
    }

    /** Returns the one state that equals a state. */
    public synchronized State state(State state) {
        State known = states.get(state);
        if (known != null) {
            return known;
        }
        State kept = new State(
                key(state.key()),
                state.uid(),
                state.resourceVersion(),
                state.generation(),
                state.digest(),
                state.specDigest(),
                facts.computeIfAbsent(state.facts(), same -> same));
        states.put(kept, kept);
        return kept;
    }

    /** Returns the one key that equals a key. */
    public synchronized Key key(Key key) {
        return keys.computeIfAbsent(key, same -> same);
    }

    /** Returns a recording of the same operations and lives, and other watches. */
    public synchronized Recording with(List<RecordedWatch> others) {
        Recording recording = new Recording();
        recording.operations.addAll(operations);
        recording.lifetimes.addAll(lifetimes);
        recording.watches.addAll(others);
        return recording;
    }

    /** Returns the operations, in the order in which they ended. */
    public synchronized List<Operation> operations() {
        return Collections.unmodifiableList(operations);
    }

    /** Returns the watches, in the order in which they were asked for. */
    public synchronized List<RecordedWatch> watches() {
        return Collections.unmodifiableList(watches);
    }

    /**
     * Returns the lives of all workspaces that there ever were; empty where it is not known which workspaces came and
     * went.
     */
    public synchronized List<Lifetime> lifetimes() {
        return Collections.unmodifiableList(lifetimes);
    }

    /** Returns how many events all watches got. */
    public synchronized long events() {
        return watches.stream().mapToLong(RecordedWatch::events).sum();
    }
}
