package dev.proreus.guarantees.validate;

import static dev.proreus.guarantees.validate.Places.any;
import static dev.proreus.guarantees.validate.Places.atEvent;
import static dev.proreus.guarantees.validate.Places.every;
import static dev.proreus.guarantees.validate.Places.latest;
import static dev.proreus.guarantees.validate.Places.one;
import static dev.proreus.guarantees.validate.Places.replace;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.validate.Tape.Spot;
import java.util.List;
import java.util.function.Predicate;

/** Faults in what a watch of one workspace is told. */
final class WatchFaults {
    private WatchFaults() {}

    static boolean eventDropped(World world) {
        return atEvent(world, every(), (tape, spots, at) -> {
            boolean inner = at > 0
                    && tape.at(spots.get(at)).revision() > tape.at(spots.get(0)).revision()
                    && at < spots.size() - 1;
            return inner && replace(tape, spots.get(at));
        });
    }

    static boolean firstEventSkipped(World world) {
        return atEvent(world, every(), (tape, spots, at) -> {
            long first = tape.at(spots.get(0)).revision();
            return spots.size() > 1 && tape.at(spots.get(1)).revision() > first && replace(tape, spots.get(0));
        });
    }

    static boolean eventBeforeTheStart(World world) {
        return atEvent(world, every().and(after(10)), (tape, spots, at) -> {
            Event first = tape.at(spots.get(0));
            return replace(tape, spots.get(0), moved(first, tape.interest.after()), first);
        });
    }

    static boolean nowInThePast(World world) {
        List<Tape> started = world.tapes.stream()
                .filter(any())
                .filter(tape -> tape.interest.start() == Interest.Start.NOW)
                .toList();
        Tape tape = one(world, started);
        Order order = Order.of(world.recording()).get(tape.interest.workspace());
        long told = order == null ? 0 : order.newestTold(tape.opened);
        if (told == 0) {
            return false;
        }
        // Just below what somebody had been told of: a commit that nobody was told of may be missed.
        tape.set(0, List.of(), new Message.Mark(told - 1, false));
        return true;
    }

    static boolean eventTwice(World world) {
        return atEvent(world, any(), (tape, spots, at) -> {
            Event event = tape.at(spots.get(at));
            return replace(tape, spots.get(at), event, event);
        });
    }

    static boolean eventAgainLater(World world) {
        return atEvent(world, every(), (tape, spots, at) -> {
            Spot last = spots.get(spots.size() - 1);
            Event old = tape.at(spots.get(at));
            Event newest = tape.at(last);
            return old.revision() < newest.revision() && replace(tape, last, newest, old);
        });
    }

    static boolean eventsSwapped(World world) {
        return atEvent(world, every(), (tape, spots, at) -> {
            if (at + 1 >= spots.size()) {
                return false;
            }
            Event one = tape.at(spots.get(at));
            Event two = tape.at(spots.get(at + 1));
            return one.revision() != two.revision()
                    && replace(tape, spots.get(at), two)
                    && replace(tape, spots.get(at + 1), one);
        });
    }

    static boolean revisionSplit(World world) {
        return atEvent(world, every(), (tape, spots, at) -> {
            Spot spot = spots.get(at);
            Message message = tape.messages.get(spot.message());
            int next = spot.event() + 1;
            List<Event> events = message.events();
            if (next >= events.size()
                    || events.get(next).revision() != events.get(spot.event()).revision()) {
                return false;
            }
            tape.set(spot.message(), events.subList(0, next), null);
            tape.messages.add(
                    spot.message() + 1,
                    Tape.message(message.arrived(), events.subList(next, events.size()), message.bookmark()));
            return true;
        });
    }

    static boolean bookmarkTooEarly(World world) {
        return atEvent(world, every(), (tape, spots, at) -> {
            Spot spot = spots.get(at);
            Message before = spot.message() == 0 ? null : tape.messages.get(spot.message() - 1);
            if (before == null || before.bookmark() != null) {
                return false;
            }
            Message.Mark early = new Message.Mark(tape.at(spot).revision(), false);
            tape.set(spot.message() - 1, before.events(), early);
            return true;
        });
    }

    static boolean bookmarkGoesBack(World world) {
        return atEvent(world, any(), (tape, spots, at) -> {
            long last = tape.at(spots.get(at)).revision();
            tape.set(
                    spots.get(at).message(),
                    tape.messages.get(spots.get(at).message()).events(),
                    new Message.Mark(last - 1, false));
            return true;
        });
    }

    static boolean watchedButNeverDurable(World world) {
        return atEvent(world, any().and(tape -> !tape.interest.audit()), (tape, spots, at) -> {
            Event event = tape.at(spots.get(at));
            State state = event.state();
            State never = world.state(state.key(), state.uid(), state.resourceVersion(), state.generation());
            return replace(
                    tape,
                    spots.get(at),
                    new Event(event.kind(), never, event.previous(), event.revision(), event.bytes()));
        });
    }

    static boolean viewNotConverged(World world) {
        return atEvent(world, latest(), (tape, spots, at) -> {
            Key key = tape.at(spots.get(at)).state().key();
            long ofIt = tape.messages.get(spots.get(at).message()).events().stream()
                    .filter(event -> event.state().key().equals(key))
                    .count();
            return ofIt == 1 && replace(tape, spots.get(at));
        });
    }

    static boolean snapshotIncomplete(World world) {
        List<Tape> tapes = world.tapes.stream()
                .filter(tape -> tape.interest.start() == Interest.Start.INITIAL
                        && !tape.interest.subtree()
                        && !tape.messages.get(0).events().isEmpty())
                .toList();
        if (tapes.isEmpty()) {
            return false;
        }
        one(world, tapes).replace(new Spot(0, 0));
        return true;
    }

    static boolean wrongWord(World world) {
        return atEvent(world, any().and(tape -> !tape.interest.audit()), (tape, spots, at) -> {
            Event event = tape.at(spots.get(at));
            Event.Kind wrong = switch (event.kind()) {
                case ADDED -> Event.Kind.MODIFIED;
                case MODIFIED -> Event.Kind.ADDED;
                case DELETED -> tape.interest.latest() ? Event.Kind.ADDED : Event.Kind.LEFT;
                case LEFT -> Event.Kind.DELETED;
            };
            return replace(
                    tape,
                    spots.get(at),
                    new Event(wrong, event.state(), event.previous(), event.revision(), event.bytes()));
        });
    }

    static boolean notWhatWasAskedFor(World world) {
        List<Tape> named = world.tapes.stream()
                .filter(tape -> tape.interest.name().equals("r1") && every().test(tape))
                .toList();
        Tape audit = one(
                world,
                world.tapes.stream().filter(tape -> tape.interest.audit()).toList());
        for (Tape tape : named) {
            for (Spot spot : audit.live()) {
                Event event = audit.at(spot);
                if (tape.interest.workspace().equals(audit.interest.workspace())
                        && !event.state().key().name().equals("r1")) {
                    tape.messages.add(Tape.message(world.now(), List.of(event), null));
                    return true;
                }
            }
        }
        return false;
    }

    /** What a client holds of a workspace that passes is not known in LATEST. */
    static boolean wrongPrevious(World world) {
        return atEvent(world, tape -> tape.interest.previous(), (tape, spots, at) -> {
            Event event = tape.at(spots.get(at));
            return event.previous() != null
                    && World.WORKSPACES.contains(event.state().key().workspace())
                    && replace(
                            tape,
                            spots.get(at),
                            new Event(event.kind(), event.state(), event.state(), event.revision(), event.bytes()));
        });
    }

    static boolean previousLeftOut(World world) {
        return atEvent(world, tape -> tape.interest.previous(), (tape, spots, at) -> {
            Event event = tape.at(spots.get(at));
            return event.previous() != null
                    && replace(
                            tape,
                            spots.get(at),
                            new Event(event.kind(), event.state(), null, event.revision(), event.bytes()));
        });
    }

    static boolean foreignEvent(World world) {
        return atEvent(world, any(), (tape, spots, at) -> {
            Event event = tape.at(spots.get(at));
            State state = event.state();
            String uid = world.places.stream()
                    .filter(place -> !place.path.equals(tape.interest.workspace()))
                    .flatMap(place -> place.states.values().stream())
                    .map(State::uid)
                    .findFirst()
                    .orElse("");
            State foreign = world.state(state.key(), uid, state.resourceVersion(), 1);
            return !uid.isEmpty()
                    && replace(
                            tape,
                            spots.get(at),
                            new Event(event.kind(), foreign, null, event.revision(), event.bytes()));
        });
    }

    static boolean messageTooLong(World world) {
        return atEvent(world, every(), (tape, spots, at) -> {
            if (at + 1 >= spots.size()
                    || spots.get(at).message() != spots.get(at + 1).message()) {
                return false;
            }
            Event event = tape.at(spots.get(at));
            return tape.at(spots.get(at + 1)).revision() != event.revision()
                    && replace(
                            tape,
                            spots.get(at),
                            new Event(event.kind(), event.state(), event.previous(), event.revision(), 20_000));
        });
    }

    private static Predicate<Tape> after(long revision) {
        return every().and(tape -> tape.interest.start() == Interest.Start.AFTER && tape.interest.after() >= revision);
    }

    private static Event moved(Event event, long revision) {
        return new Event(event.kind(), event.state(), event.previous(), revision, event.bytes());
    }
}
