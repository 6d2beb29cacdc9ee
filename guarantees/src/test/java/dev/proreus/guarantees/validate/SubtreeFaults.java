package dev.proreus.guarantees.validate;

import static dev.proreus.guarantees.validate.Places.atEvent;
import static dev.proreus.guarantees.validate.Places.replace;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.validate.Tape.Spot;
import java.util.List;
import java.util.function.Predicate;

/** Faults in what a watch over a subtree is told. */
final class SubtreeFaults {
    private SubtreeFaults() {}

    static boolean eventDropped(World world) {
        return atStanding(world, every(), (tape, spots, at) -> {
            List<Spot> strand = ofItsWorkspace(tape, spots, at);
            int place = strand.indexOf(spots.get(at));
            boolean inner = place > 0
                    && place < strand.size() - 1
                    && tape.at(strand.get(place)).revision()
                            > tape.at(strand.get(0)).revision();
            return inner && replace(tape, spots.get(at));
        });
    }

    /** After a bookmark before which something was told of the workspace, the first event must be the next one. */
    static boolean resumedTooLate(World world) {
        Predicate<Tape> resumed = every().and(tape -> tape.interest.start() == Interest.Start.AFTER);
        return atStanding(world, resumed, (tape, spots, at) -> {
            List<Spot> strand = ofItsWorkspace(tape, spots, at);
            String workspace = tape.at(spots.get(at)).state().key().workspace();
            return strand.get(0).equals(spots.get(at))
                    && strand.size() > 1
                    && tape.at(strand.get(1)).revision()
                            > tape.at(strand.get(0)).revision()
                    && world.subtrees.wasToldBefore(tape.interest.token(), workspace)
                    && replace(tape, spots.get(at));
        });
    }

    static boolean stateLeftOut(World world) {
        for (Tape tape : world.tapes) {
            if (tape.interest.subtree()
                    && tape.interest.start() == Interest.Start.INITIAL
                    && !tape.messages.get(0).events().isEmpty()) {
                Event first = tape.messages.get(0).events().get(0);
                if (!World.WORKSPACES.contains(first.state().key().workspace())) {
                    continue;
                }
                Key key = first.state().key();
                boolean showsLater = tape.live().stream()
                        .map(tape::at)
                        .anyMatch(event ->
                                isBeside(key, event) && !event.state().key().equals(key));
                if (showsLater && !tape.interest.latest()) {
                    tape.replace(new Spot(0, 0));
                    return true;
                }
            }
        }
        return false;
    }

    static boolean eventTwice(World world) {
        return atStanding(world, every(), (tape, spots, at) -> {
            Event event = tape.at(spots.get(at));
            return replace(tape, spots.get(at), event, event);
        });
    }

    static boolean revisionSplit(World world) {
        return atStanding(world, every(), (tape, spots, at) -> {
            Spot spot = spots.get(at);
            Message message = tape.messages.get(spot.message());
            List<Event> events = message.events();
            int next = spot.event() + 1;
            if (next >= events.size() || !together(events.get(next), events.get(spot.event()))) {
                return false;
            }
            tape.set(spot.message(), events.subList(0, next), null);
            tape.messages.add(
                    spot.message() + 1,
                    Tape.message(message.arrived(), events.subList(next, events.size()), message.bookmark()));
            return true;
        });
    }

    private static boolean together(Event one, Event two) {
        return one.revision() == two.revision()
                && one.state().key().workspace().equals(two.state().key().workspace());
    }

    static boolean goesBack(World world) {
        return atStanding(world, every(), (tape, spots, at) -> {
            List<Spot> strand = ofItsWorkspace(tape, spots, at);
            Spot last = strand.get(strand.size() - 1);
            Event old = tape.at(spots.get(at));
            Event newest = tape.at(last);
            return old.revision() < newest.revision() && replace(tape, last, newest, old);
        });
    }

    static boolean viewNotConverged(World world) {
        Predicate<Tape> latest = tape -> tape.interest.subtree() && tape.interest.latest();
        return atStanding(world, latest, (tape, spots, at) -> {
            Spot spot = spots.get(at);
            Key key = tape.at(spot).state().key();
            List<Event> events = tape.messages.get(spot.message()).events();
            long ofIt = events.stream()
                    .filter(event -> event.state().key().equals(key))
                    .count();
            boolean othersShow = events.stream()
                    .anyMatch(event -> event.revision() > tape.at(spot).revision() && isBeside(key, event));
            boolean changesNoMore = spots.subList(at + 1, spots.size()).stream()
                    .noneMatch(later -> tape.at(later).state().key().equals(key));
            return ofIt == 1 && othersShow && changesNoMore && replace(tape, spot);
        });
    }

    static boolean tellsOfOthers(World world) {
        return atEvent(world, tape -> tape.interest.subtree(), (tape, spots, at) -> {
            Event event = tape.at(spots.get(at));
            State state = event.state();
            Key elsewhere =
                    new Key("rooted:elsewhere", state.key().type(), state.key().name());
            State foreign = world.state(elsewhere, "uid-elsewhere", state.resourceVersion(), 1);
            return replace(
                    tape,
                    spots.get(at),
                    event,
                    new Event(event.kind(), foreign, null, event.revision(), event.bytes()));
        });
    }

    /** Tries events of workspaces that stay, since of one that passes something may be missing. */
    private static boolean atStanding(World world, Predicate<Tape> suits, Places.AtEvent fault) {
        return atEvent(world, suits, (tape, spots, at) -> {
            Key key = tape.at(spots.get(at)).state().key();
            return key.type().equals(World.TYPE)
                    && World.WORKSPACES.contains(key.workspace())
                    && fault.plant(tape, spots, at);
        });
    }

    /** Returns whether an event says how far a watch has come where an object lies: that a workspace ended does not. */
    private static boolean isBeside(Key object, Event event) {
        Key key = event.state().key();
        return key.type().equals(World.TYPE) && key.workspace().equals(object.workspace());
    }

    private static Predicate<Tape> every() {
        return tape -> tape.interest.subtree() && !tape.interest.latest();
    }

    private static List<Spot> ofItsWorkspace(Tape tape, List<Spot> spots, int at) {
        Key object = tape.at(spots.get(at)).state().key();
        return spots.stream().filter(spot -> isBeside(object, tape.at(spot))).toList();
    }
}
