package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.validate.World.Changed;
import dev.proreus.guarantees.validate.World.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes watches of a workspace that are told everything rightly. */
final class WatchMaker {
    private static final int EVENT_BYTES = 100;

    private final World world;
    private final Place place;
    private final SplittableRandom random;

    WatchMaker(World world, Place place) {
        this.world = world;
        this.place = place;
        this.random = world.random;
    }

    /** Makes a watch of some kind. */
    Tape make() {
        Interest interest = Interest.inEvery(place.path, World.TYPE);
        if (random.nextInt(2) == 0) {
            interest = interest.startedAfter(random.nextLong(place.revision / 2 + 1));
        }
        interest = selective(interest);
        return make(random.nextInt(3) == 0 ? interest.inLatest() : interest);
    }

    /** Makes a watch that starts when everything has happened. */
    Tape startedNow() {
        Tape tape = new Tape(selective(Interest.inEvery(place.path, World.TYPE)).startedNow(), world.now());
        tape.messages.add(Tape.message(arrival(), List.of(), new Message.Mark(place.revision, false)));
        return tape;
    }

    /** Returns a watch that asks for less, or for more of each event. */
    Interest selective(Interest all) {
        Interest interest = switch (random.nextInt(4)) {
            case 0 -> all.named("r1");
            case 1 -> all.labelled("colour=red");
            case 2 -> all.labelled("colour notin (red, green)");
            default -> all;
        };
        return random.nextInt(3) == 0 ? interest.withPrevious() : interest;
    }

    Tape make(Interest interest) {
        long from = interest.after();
        Tape tape = new Tape(interest, world.now());
        if (interest.start() == Interest.Start.INITIAL) {
            from = random.nextLong(place.revision / 2 + 1);
            List<Event> states = new ArrayList<>();
            for (State state : states(between(0, from)).values()) {
                if (matches(interest, state)) {
                    states.add(added(state));
                }
            }
            tape.messages.add(Tape.message(arrival(), states, new Message.Mark(from, true)));
        }
        if (interest.latest()) {
            latest(tape, from);
        } else {
            every(tape, from);
        }
        return tape;
    }

    private void every(Tape tape, long from) {
        List<Event> batch = new ArrayList<>();
        for (long revision = from + 1; revision <= place.revision; revision++) {
            batch.addAll(events(tape.interest, between(revision - 1, revision)));
            boolean mark = random.nextInt(6) == 0;
            if (random.nextInt(2) == 0 && (mark || !batch.isEmpty())) {
                tape.messages.add(Tape.message(arrival(), batch, World.mark(revision, false, mark)));
                batch = new ArrayList<>();
            }
        }
        if (!batch.isEmpty()) {
            tape.messages.add(Tape.message(arrival(), batch, null));
        }
    }

    /** Several revisions in a row, then what differs, then a bookmark. */
    private void latest(Tape tape, long from) {
        long position = from;
        while (position < place.revision) {
            long target = Math.min(place.revision, position + 1 + random.nextInt(12));
            List<Event> events = differences(tape.interest, states(between(0, position)), between(position, target));
            tape.messages.add(Tape.message(arrival(), events, new Message.Mark(target, false)));
            position = target;
        }
    }

    /** Returns what differs for a client that holds what there was before changes. */
    static List<Event> differences(Interest interest, Map<Key, State> before, List<Changed> changes) {
        Map<Key, Changed> last = new LinkedHashMap<>();
        for (Changed change : changes) {
            if (endsWorkspace(change)) {
                last.keySet().removeIf(key -> isIn(key, change));
            }
            last.remove(change.key());
            last.put(change.key(), change);
        }
        List<Event> events = new ArrayList<>();
        for (Changed change : last.values()) {
            State was = endsWorkspace(change) ? change.before() : before.get(change.key());
            State is = change.after();
            if (was != null && is != null && !was.uid().equals(is.uid())) {
                add(events, event(interest, new Changed(change.revision(), 0, change.key(), was, null)));
                was = null;
            }
            add(events, event(interest, new Changed(change.revision(), 0, change.key(), was, is)));
        }
        return events;
    }

    /** Returns the events that changes are. */
    static List<Event> events(Interest interest, List<Changed> changes) {
        List<Event> events = new ArrayList<>();
        changes.forEach(change -> add(events, event(interest, change)));
        return events;
    }

    /** Returns the event that a state is in an initial state. */
    static Event added(State state) {
        return new Event(Event.Kind.ADDED, state, null, state.resourceVersion(), EVENT_BYTES);
    }

    private static void add(List<Event> events, @Nullable Event event) {
        if (event != null) {
            events.add(event);
        }
    }

    /** Returns whether a change is the end of a workspace, of which whoever watches above is told. */
    static boolean endsWorkspace(Changed change) {
        return change.key().type().equals(Key.WORKSPACES);
    }

    private static boolean isIn(Key key, Changed end) {
        return key.workspace().equals(end.key().workspace() + ":" + end.key().name());
    }

    private static @Nullable Event event(Interest interest, Changed change) {
        if (endsWorkspace(change) && change.before() != null) {
            return new Event(Event.Kind.DELETED, change.before(), null, change.revision(), EVENT_BYTES);
        }
        State before = change.before();
        State after = change.after();
        boolean matched = before != null && matches(interest, before);
        boolean matches = after != null && matches(interest, after);
        State previous = interest.previous() && matched && matches ? before : null;
        if (after != null && matches) {
            Event.Kind kind = matched ? Event.Kind.MODIFIED : Event.Kind.ADDED;
            return new Event(kind, after, previous, change.revision(), EVENT_BYTES);
        }
        if (before != null && matched) {
            Event.Kind kind = after == null ? Event.Kind.DELETED : Event.Kind.LEFT;
            return new Event(kind, before, null, change.revision(), EVENT_BYTES);
        }
        return null;
    }

    static boolean matches(Interest interest, State state) {
        String colour = state.facts().labels().getOrDefault("colour", "");
        boolean named = interest.name().isEmpty() || state.key().name().equals(interest.name());
        return named
                && (interest.labelSelector().isEmpty()
                        || interest.labelSelector().contains("notin") != colour.equals("red"));
    }

    /** Returns what there is after changes. */
    static Map<Key, State> states(List<Changed> changes) {
        Map<Key, State> states = new TreeMap<>(Comparator.comparing(Key::toString));
        for (Changed change : changes) {
            if (endsWorkspace(change)) {
                states.keySet().removeIf(key -> isIn(key, change));
            } else if (change.after() == null) {
                states.remove(change.key());
            } else {
                states.put(change.key(), change.after());
            }
        }
        return states;
    }

    private List<Changed> between(long from, long to) {
        return place.changes.stream()
                .filter(change -> change.revision() > from && change.revision() <= to)
                .toList();
    }

    private long arrival() {
        return world.now() + 1;
    }
}
