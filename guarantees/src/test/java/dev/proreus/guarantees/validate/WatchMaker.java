package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.validate.World.Changed;
import dev.proreus.guarantees.validate.World.Place;
import java.util.ArrayList;
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
        interest = switch (random.nextInt(4)) {
            case 0 -> interest.named("r1");
            case 1 -> interest.labelled("colour=red");
            case 2 -> interest.labelled("colour notin (red, green)");
            default -> interest;
        };
        interest = random.nextInt(3) == 0 ? interest.withPrevious() : interest;
        return make(random.nextInt(3) == 0 ? interest.inLatest() : interest);
    }

    Tape make(Interest interest) {
        long from = interest.after();
        Tape tape = new Tape(interest, world.now());
        if (interest.start() == Interest.Start.INITIAL) {
            from = random.nextLong(place.revision / 2 + 1);
            List<Event> states = new ArrayList<>();
            for (State state : at(from).values()) {
                if (matches(interest, state)) {
                    states.add(new Event(Event.Kind.ADDED, state, null, state.resourceVersion(), EVENT_BYTES));
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
            for (Changed change : place.changes) {
                Event event = change.revision() == revision ? event(tape.interest, change) : null;
                if (event != null) {
                    batch.add(event);
                }
            }
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
            List<Event> events = new ArrayList<>(differences(tape.interest, position, target));
            tape.messages.add(Tape.message(arrival(), events, new Message.Mark(target, false)));
            position = target;
        }
    }

    private List<Event> differences(Interest interest, long from, long to) {
        Map<String, State> before = at(from);
        Map<String, Changed> last = new LinkedHashMap<>();
        for (Changed change : place.changes) {
            if (change.revision() > from && change.revision() <= to) {
                last.remove(change.key().name());
                last.put(change.key().name(), change);
            }
        }
        List<Event> events = new ArrayList<>();
        for (Changed change : last.values()) {
            State was = before.get(change.key().name());
            State is = change.after();
            if (was != null && is != null && !was.uid().equals(is.uid())) {
                add(events, event(interest, new Changed(change.revision(), 0, change.key(), was, null)));
                was = null;
            }
            add(events, event(interest, new Changed(change.revision(), 0, change.key(), was, is)));
        }
        return events;
    }

    private static void add(List<Event> events, @Nullable Event event) {
        if (event != null) {
            events.add(event);
        }
    }

    private static @Nullable Event event(Interest interest, Changed change) {
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

    private static boolean matches(Interest interest, State state) {
        String colour = state.facts().labels().getOrDefault("colour", "");
        boolean named = interest.name().isEmpty() || state.key().name().equals(interest.name());
        return named
                && (interest.labelSelector().isEmpty()
                        || interest.labelSelector().contains("notin") != colour.equals("red"));
    }

    private Map<String, State> at(long revision) {
        Map<String, State> states = new TreeMap<>();
        for (Changed change : place.changes) {
            if (change.revision() <= revision) {
                if (change.after() == null) {
                    states.remove(change.key().name());
                } else {
                    states.put(change.key().name(), change.after());
                }
            }
        }
        return states;
    }

    private long arrival() {
        return world.now() + 1;
    }
}
