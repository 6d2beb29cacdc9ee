package dev.proreus.guarantees.validate;

import static dev.proreus.guarantees.validate.Places.one;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Facts;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.validate.Tape.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Faults in what a request is answered, or in what becomes of it. */
final class AnswerFaults {
    private AnswerFaults() {}

    static boolean revisionReused(World world) {
        return atWrite(world, (index, wrote) -> {
            Operation operation = world.operations.get(index);
            State state = wrote.effects().get(0).state();
            if (state == null) {
                return false;
            }
            State other = world.state(state.key(), state.uid(), wrote.revision(), state.generation());
            world.operations.add(answered(
                    operation,
                    new Answer.Wrote(wrote.revision(), List.of(new Answer.Effect(Answer.What.UPDATED, other)))));
            return true;
        });
    }

    static boolean acknowledgedWriteLost(World world) {
        return atWrite(world, (index, wrote) -> {
            String workspace = world.operations.get(index).workspace();
            for (Tape tape : world.tapes) {
                if (tape.interest.audit() && tape.interest.workspace().equals(workspace)) {
                    for (Spot spot : tape.live()) {
                        if (tape.at(spot).revision() == wrote.revision()) {
                            tape.replace(spot);
                            return true;
                        }
                    }
                }
            }
            return false;
        });
    }

    static boolean unknownWriteTwice(World world) {
        Tape audit = one(
                world,
                world.tapes.stream().filter(tape -> tape.interest.audit()).toList());
        Spot last = audit.live().get(audit.live().size() - 1);
        State before = audit.at(last).state();
        long revision = audit.at(last).revision();
        State once = world.state(before.key(), "uid-new", revision + 1, 1);
        State between = world.state(before.key(), "uid-new", revision + 2, 2);
        State again = new State(
                before.key(), "uid-new", revision + 3, 3, between.digest() + 77, once.specDigest(), Facts.NONE);
        world.operations.add(new Operation(
                1,
                world.now(),
                world.now(),
                false,
                List.of(new Operation.Part(Operation.Verb.APPLY, before.key(), "", 0, once.specDigest())),
                new Answer.Unknown()));
        List<Event> events = new ArrayList<>();
        for (State each : List.of(once, between, again)) {
            events.add(new Event(Event.Kind.MODIFIED, each, null, each.resourceVersion(), 100));
        }
        audit.messages.add(Tape.message(world.now(), events, null));
        return true;
    }

    static boolean staleRead(World world) {
        return at(world, operation -> operation.answer() instanceof Answer.Read, (index, operation) -> {
            Answer.Read read = (Answer.Read) operation.answer();
            if (read.revision() < 2) {
                return false;
            }
            world.operations.set(
                    index,
                    new Operation(
                            operation.client(),
                            world.now(),
                            world.now() + 1,
                            false,
                            operation.parts(),
                            new Answer.Read(read.revision() - 1, read.state())));
            return true;
        });
    }

    static boolean absentInThePast(World world) {
        return at(
                world,
                operation -> operation.answer() instanceof Answer.Read
                        && operation.parts().get(0).resourceVersion() > 0,
                (index, operation) -> {
                    world.operations.set(index, answered(operation, new Answer.Refused("OBJECT_NOT_FOUND")));
                    return true;
                });
    }

    static boolean readOfAnotherState(World world) {
        return at(world, operation -> operation.answer() instanceof Answer.Read, (index, operation) -> {
            Answer.Read read = (Answer.Read) operation.answer();
            State state = read.state();
            State other = world.state(state.key(), state.uid(), state.resourceVersion(), state.generation());
            world.operations.set(index, answered(operation, new Answer.Read(read.revision(), other)));
            return true;
        });
    }

    /** One that is sent after a later one was answered; of the last one in a workspace nobody else may have told. */
    static boolean writeAgainstRealTime(World world) {
        return atWrite(world, (index, wrote) -> {
            Operation operation = world.operations.get(index);
            boolean overtaken = world.operations.stream()
                    .anyMatch(other -> other.workspace().equals(operation.workspace())
                            && !other.dryRun()
                            && other.answer() instanceof Answer.Wrote later
                            && later.revision() > wrote.revision());
            if (!overtaken) {
                return false;
            }
            world.operations.set(
                    index,
                    new Operation(
                            operation.client(),
                            world.now(),
                            world.now() + 1,
                            false,
                            operation.parts(),
                            operation.answer()));
            return true;
        });
    }

    static boolean wrongRefusal(World world) {
        Key key = new Key(World.WORKSPACES.get(0), World.TYPE, "never");
        Operation beforeTheAudit = world.operations.get(0);
        world.operations.add(new Operation(
                1,
                beforeTheAudit.called(),
                beforeTheAudit.returned(),
                false,
                List.of(new Operation.Part(Operation.Verb.CREATE, key, "", 0, 1)),
                new Answer.Refused("ALREADY_EXISTS")));
        return true;
    }

    static boolean preconditionIgnored(World world) {
        return atWrite(world, (index, wrote) -> {
            Operation operation = world.operations.get(index);
            Operation.Part part = operation.parts().get(0);
            if (part.verb() != Operation.Verb.UPDATE) {
                return false;
            }
            Operation.Part other =
                    new Operation.Part(part.verb(), part.key(), "", part.resourceVersion() + 1_000, part.specDigest());
            world.operations.set(
                    index,
                    new Operation(
                            operation.client(),
                            operation.called(),
                            operation.returned(),
                            false,
                            List.of(other),
                            operation.answer()));
            return true;
        });
    }

    static boolean objectMissingFromAPage(World world) {
        return at(world, operation -> operation.answer() instanceof Answer.Page, (index, operation) -> {
            Answer.Page page = (Answer.Page) operation.answer();
            if (page.states().size() < 2) {
                return false;
            }
            List<State> states = page.states().subList(1, page.states().size());
            world.operations.set(
                    index,
                    answered(
                            operation,
                            new Answer.Page(page.revision(), states, page.token(), page.nextToken(), 9, 100, false)));
            return true;
        });
    }

    private interface AtWrite {
        boolean plant(int index, Answer.Wrote wrote);
    }

    private interface AtOperation {
        boolean plant(int index, Operation operation);
    }

    private static Operation answered(Operation operation, Answer answer) {
        return new Operation(
                operation.client(), operation.called(), operation.returned(), false, operation.parts(), answer);
    }

    private static boolean atWrite(World world, AtWrite fault) {
        return at(
                world,
                operation -> operation.answer() instanceof Answer.Wrote wrote
                        && wrote.effects().get(0).what() != Answer.What.UNCHANGED,
                (index, operation) -> fault.plant(index, (Answer.Wrote) operation.answer()));
    }

    private static boolean at(World world, Predicate<Operation> suits, AtOperation fault) {
        int size = world.operations.size();
        int first = world.random.nextInt(size);
        for (int i = 0; i < size; i++) {
            int index = (first + i) % size;
            Operation operation = world.operations.get(index);
            if (suits.test(operation) && fault.plant(index, operation)) {
                return true;
            }
        }
        return false;
    }
}
