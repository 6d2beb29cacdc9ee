package dev.proreus.guarantees.validate;

import static dev.proreus.guarantees.validate.Places.atEvent;
import static dev.proreus.guarantees.validate.Places.one;
import static dev.proreus.guarantees.validate.Places.replace;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.validate.Tape.Spot;
import java.util.List;
import java.util.function.Predicate;

/** Faults in the deletion of a workspace, and in what is told of it. */
final class DeletionFaults {
    private static final String GONE = World.PASSING.get(0);

    private DeletionFaults() {}

    /** It shows where something was told of what was there before, and something of what came after. */
    static boolean endLeftOut(World world) {
        return atEnd(world, (tape, spots, at) -> {
            boolean toldBefore = spots.subList(0, at).stream().anyMatch(spot -> isInside(tape, spot));
            boolean toldAfter = spots.subList(at, spots.size()).stream().anyMatch(spot -> isInside(tape, spot));
            return toldBefore && toldAfter && replace(tape, spots.get(at));
        });
    }

    static boolean endTwice(World world) {
        return atEnd(world, (tape, spots, at) -> {
            Event end = tape.at(spots.get(at));
            return replace(tape, spots.get(at), end, end);
        });
    }

    static boolean endAtAnotherRevision(World world) {
        return atEnd(world, (tape, spots, at) -> {
            Event end = tape.at(spots.get(at));
            return replace(
                    tape, spots.get(at), new Event(end.kind(), end.state(), null, end.revision() + 1, end.bytes()));
        });
    }

    static boolean eventAfterTheEnd(World world) {
        return atEnd(world, (tape, spots, at) -> {
            Event end = tape.at(spots.get(at));
            for (Spot spot : spots.subList(0, at)) {
                if (isInside(tape, spot)) {
                    return replace(tape, spots.get(at), end, tape.at(spot));
                }
            }
            return false;
        });
    }

    static boolean answerAfterTheEnd(World world) {
        return later(world, operation -> operation.answer() instanceof Answer.Read);
    }

    static boolean createdWhileTerminating(World world) {
        return later(
                world,
                operation -> operation.answer() instanceof Answer.Wrote wrote
                        && wrote.effects().stream().anyMatch(each -> each.what() == Answer.What.CREATED));
    }

    /** Lets something that was answered out of the workspace before its end be asked for when all is over. */
    private static boolean later(World world, Predicate<Operation> suits) {
        List<Operation> all = world.operations.stream()
                .filter(each -> each.workspace().equals(GONE))
                .filter(suits)
                .toList();
        if (all.isEmpty()) {
            return false;
        }
        Operation was = one(world, all);
        world.operations.set(
                world.operations.indexOf(was),
                new Operation(was.client(), world.now(), world.now() + 1, false, was.parts(), was.answer()));
        return true;
    }

    static boolean endNotDurable(World world) {
        return world.lifetimes.removeIf(each -> each.workspace().equals(GONE))
                && world.lifetimes.add(new Lifetime(GONE, "uid-lab", 0));
    }

    static boolean endNotAskedFor(World world) {
        return world.operations.removeIf(each -> each.parts().get(0).verb() == Operation.Verb.DELETE_WORKSPACE);
    }

    static boolean endTakenBack(World world) {
        Key key = new Key(GONE, "", "");
        Operation.Part part = new Operation.Part(Operation.Verb.UNDELETE_WORKSPACE, key, "", 0, 0);
        return world.operations.add(new Operation(
                1, world.now(), world.now() + 1, false, List.of(part), new Answer.Stands(Answer.Stage.ACTIVE)));
    }

    private static boolean atEnd(World world, Places.AtEvent fault) {
        return atEvent(
                world,
                tape -> tape.interest.subtree(),
                (tape, spots, at) -> tape.at(spots.get(at)).state().key().type().equals(Key.WORKSPACES)
                        && fault.plant(tape, spots, at));
    }

    private static boolean isInside(Tape tape, Spot spot) {
        return tape.at(spot).state().key().workspace().equals(GONE);
    }
}
