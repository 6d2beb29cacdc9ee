package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.validate.Tape.Spot;
import java.util.List;
import java.util.function.Predicate;

/** Finds places for faults in what watches are told. */
final class Places {
    private Places() {}

    /** Plants a fault at an event, if it can be there. */
    interface AtEvent {
        boolean plant(Tape tape, List<Spot> spots, int at);
    }

    /** Any watch of one workspace. */
    static Predicate<Tape> any() {
        return tape -> !tape.interest.subtree();
    }

    /** Those of one workspace that want every change. */
    static Predicate<Tape> every() {
        return any().and(tape -> !tape.interest.latest() && !tape.interest.audit());
    }

    /** Those of one workspace that want the newest states. */
    static Predicate<Tape> latest() {
        return any().and(tape -> tape.interest.latest());
    }

    static boolean replace(Tape tape, Spot spot, Event... by) {
        tape.replace(spot, by);
        return true;
    }

    static <E> E one(World world, List<E> of) {
        return of.get(world.random.nextInt(of.size()));
    }

    /** Tries events of the watches that suit, from a random one on, until the fault has a place. */
    static boolean atEvent(World world, Predicate<Tape> suits, AtEvent fault) {
        List<Tape> tapes = world.tapes.stream()
                .filter(suits)
                .filter(tape -> !tape.live().isEmpty())
                .toList();
        int first = tapes.isEmpty() ? 0 : world.random.nextInt(tapes.size());
        for (int t = 0; t < tapes.size(); t++) {
            Tape tape = tapes.get((first + t) % tapes.size());
            List<Spot> spots = tape.live();
            int at = world.random.nextInt(spots.size());
            for (int s = 0; s < spots.size(); s++) {
                if (fault.plant(tape, spots, (at + s) % spots.size())) {
                    return true;
                }
            }
        }
        return false;
    }
}
