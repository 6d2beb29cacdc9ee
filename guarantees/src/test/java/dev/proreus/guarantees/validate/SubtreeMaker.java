package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.validate.World.Changed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes watches over all workspaces that are told everything rightly. Their positions are commits of the world. */
final class SubtreeMaker {
    private record Position(Interest interest, int commits, Set<String> told) {}

    private final World world;
    private final Map<String, Position> bookmarks = new HashMap<>();
    private final List<String> tokens = new ArrayList<>();

    SubtreeMaker(World world) {
        this.world = world;
    }

    /**
     * Returns whether anything had been told of the objects of a workspace, live, when a bookmark came. That one in it
     * has ended says nothing of where the watch stands there.
     */
    boolean wasToldBefore(String token, String workspace) {
        Position position = bookmarks.get(token);
        return position != null && position.told.contains(workspace);
    }

    /** Makes a watch that begins by itself. */
    Tape make() {
        Interest every = new WatchMaker(world, world.places.get(0))
                .selective(Interest.inEvery("root", World.TYPE).overSubtree());
        int from = world.random.nextInt(world.commits.size() / 2);
        if (world.random.nextInt(4) == 0) {
            Interest now = every.startedNow();
            return follow(new Tape(now, world.now()), from, new HashSet<>());
        }
        Interest interest = world.random.nextBoolean() ? every.inLatest() : every;
        Tape tape = new Tape(interest, world.now());
        List<Event> states = new ArrayList<>();
        for (State state : WatchMaker.states(changes(0, from)).values()) {
            if (WatchMaker.matches(interest, state)) {
                states.add(atPath(WatchMaker.added(state)));
            }
        }
        tape.messages.add(Tape.message(world.now() + 1, states, mark(tape, from, true, Set.of())));
        return follow(tape, from, new HashSet<>());
    }

    /** Makes a watch that goes on from some bookmark of one that was made. */
    Tape resume() {
        String token = tokens.get(world.random.nextInt(tokens.size()));
        Position position = bookmarks.get(token);
        if (position == null) {
            throw new AssertionError(token);
        }
        Interest interest = position.interest.startedAfter(token);
        return follow(new Tape(interest, world.now()), position.commits, new HashSet<>(position.told));
    }

    private Tape follow(Tape tape, int from, Set<String> told) {
        int position = from;
        while (position < world.commits.size()) {
            int next = Math.min(world.commits.size(), position + 1 + world.random.nextInt(8));
            List<Changed> between = changes(position, next);
            List<Event> events = tape.interest.latest()
                    ? WatchMaker.differences(tape.interest, WatchMaker.states(changes(0, position)), between)
                    : WatchMaker.events(tape.interest, between);
            events = events.stream().map(SubtreeMaker::atPath).toList();
            events.stream()
                    .map(event -> event.state().key())
                    .filter(key -> key.type().equals(World.TYPE))
                    .forEach(key -> told.add(key.workspace()));
            boolean mark = tape.interest.latest() || world.random.nextInt(3) == 0;
            if (mark || !events.isEmpty()) {
                Message.Mark bookmark = mark ? mark(tape, next, false, told) : null;
                tape.messages.add(Tape.message(world.now() + 1, events, bookmark));
            }
            position = next;
        }
        return tape;
    }

    /** Returns an event as a watch over a subtree is told of it: workspaces go by their paths. */
    private static Event atPath(Event event) {
        State previous = event.previous() == null ? null : atPath(event.previous());
        return new Event(event.kind(), atPath(event.state()), previous, event.revision(), event.bytes());
    }

    private static State atPath(State state) {
        Key key = state.key();
        Key told = new Key(Lifetime.path(key.workspace()), key.type(), key.name());
        return new State(
                told,
                state.uid(),
                state.resourceVersion(),
                state.generation(),
                state.digest(),
                state.specDigest(),
                state.facts());
    }

    private Message.Mark mark(Tape tape, int commits, boolean initialDone, Set<String> told) {
        String token = "bookmark " + bookmarks.size();
        tokens.add(token);
        bookmarks.put(token, new Position(tape.interest, commits, Set.copyOf(told)));
        return new Message.Mark(0, initialDone, token);
    }

    private List<Changed> changes(int from, int to) {
        List<Changed> changes = new ArrayList<>();
        world.commits.subList(from, to).forEach(changes::addAll);
        return changes;
    }
}
