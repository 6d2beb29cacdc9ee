package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Facts;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.validate.Tape.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One fault, planted at random in a history that holds, and the guarantee that it breaks. */
enum Defect {
    EVENT_DROPPED("Reliable") {
        @Override
        boolean plant(World world) {
            return atEvent(world, every(), (tape, spots, at) -> {
                boolean inner = at > 0
                        && tape.at(spots.get(at)).revision()
                                > tape.at(spots.get(0)).revision()
                        && at < spots.size() - 1;
                return inner && replace(tape, spots.get(at));
            });
        }
    },
    FIRST_EVENT_SKIPPED("Resumable") {
        @Override
        boolean plant(World world) {
            return atEvent(world, every(), (tape, spots, at) -> {
                long first = tape.at(spots.get(0)).revision();
                return spots.size() > 1 && tape.at(spots.get(1)).revision() > first && replace(tape, spots.get(0));
            });
        }
    },
    EVENT_BEFORE_THE_START("Resumable") {
        @Override
        boolean plant(World world) {
            return atEvent(world, every().and(after(10)), (tape, spots, at) -> {
                Event first = tape.at(spots.get(0));
                return replace(tape, spots.get(0), moved(first, tape.interest.after()), first);
            });
        }
    },
    EVENT_TWICE("Unique") {
        @Override
        boolean plant(World world) {
            return atEvent(world, any(), (tape, spots, at) -> {
                Event event = tape.at(spots.get(at));
                return replace(tape, spots.get(at), event, event);
            });
        }
    },
    EVENT_AGAIN_LATER("Ordered") {
        @Override
        boolean plant(World world) {
            return atEvent(world, every(), (tape, spots, at) -> {
                Spot last = spots.get(spots.size() - 1);
                Event old = tape.at(spots.get(at));
                Event newest = tape.at(last);
                return old.revision() < newest.revision() && replace(tape, last, newest, old);
            });
        }
    },
    EVENTS_SWAPPED("Ordered") {
        @Override
        boolean plant(World world) {
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
    },
    REVISION_SPLIT("Atomic") {
        @Override
        boolean plant(World world) {
            return atEvent(world, every(), (tape, spots, at) -> {
                Spot spot = spots.get(at);
                Message message = tape.messages.get(spot.message());
                int next = spot.event() + 1;
                List<Event> events = message.events();
                if (next >= events.size()
                        || events.get(next).revision()
                                != events.get(spot.event()).revision()) {
                    return false;
                }
                tape.set(spot.message(), events.subList(0, next), null);
                tape.messages.add(
                        spot.message() + 1,
                        Tape.message(message.arrived(), events.subList(next, events.size()), message.bookmark()));
                return true;
            });
        }
    },
    BOOKMARK_TOO_EARLY("Bookmarkable") {
        @Override
        boolean plant(World world) {
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
    },
    BOOKMARK_GOES_BACK("Bookmarkable") {
        @Override
        boolean plant(World world) {
            return atEvent(world, any(), (tape, spots, at) -> {
                long last = tape.at(spots.get(at)).revision();
                tape.set(
                        spots.get(at).message(),
                        tape.messages.get(spots.get(at).message()).events(),
                        new Message.Mark(last - 1, false));
                return true;
            });
        }
    },
    REVISION_REUSED("Durable") {
        @Override
        boolean plant(World world) {
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
    },
    ACKNOWLEDGED_WRITE_LOST("Durable") {
        @Override
        boolean plant(World world) {
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
    },
    WATCHED_BUT_NEVER_DURABLE("Durable") {
        @Override
        boolean plant(World world) {
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
    },
    UNKNOWN_WRITE_TWICE("Durable") {
        @Override
        boolean plant(World world) {
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
    },
    STALE_READ("Serial") {
        @Override
        boolean plant(World world) {
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
    },
    READ_OF_ANOTHER_STATE("Serial") {
        @Override
        boolean plant(World world) {
            return at(world, operation -> operation.answer() instanceof Answer.Read, (index, operation) -> {
                Answer.Read read = (Answer.Read) operation.answer();
                State state = read.state();
                State other = world.state(state.key(), state.uid(), state.resourceVersion(), state.generation());
                world.operations.set(index, answered(operation, new Answer.Read(read.revision(), other)));
                return true;
            });
        }
    },
    WRITE_AGAINST_REAL_TIME("Serial") {
        @Override
        boolean plant(World world) {
            return atWrite(world, (index, wrote) -> {
                Operation operation = world.operations.get(index);
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
    },
    WRONG_REFUSAL("Serial") {
        @Override
        boolean plant(World world) {
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
    },
    PRECONDITION_IGNORED("Serial") {
        @Override
        boolean plant(World world) {
            return atWrite(world, (index, wrote) -> {
                Operation operation = world.operations.get(index);
                Operation.Part part = operation.parts().get(0);
                if (part.verb() != Operation.Verb.UPDATE) {
                    return false;
                }
                Operation.Part other = new Operation.Part(
                        part.verb(), part.key(), "", part.resourceVersion() + 1_000, part.specDigest());
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
    },
    OBJECT_MISSING_FROM_A_PAGE("Serial") {
        @Override
        boolean plant(World world) {
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
                                new Answer.Page(
                                        page.revision(), states, page.token(), page.nextToken(), 9, 100, false)));
                return true;
            });
        }
    },
    VIEW_NOT_CONVERGED("Convergent") {
        @Override
        boolean plant(World world) {
            return atEvent(world, tape -> tape.interest.latest(), (tape, spots, at) -> {
                Key key = tape.at(spots.get(at)).state().key();
                long ofIt = tape.messages.get(spots.get(at).message()).events().stream()
                        .filter(event -> event.state().key().equals(key))
                        .count();
                return ofIt == 1 && replace(tape, spots.get(at));
            });
        }
    },
    SNAPSHOT_INCOMPLETE("Reliable") {
        @Override
        boolean plant(World world) {
            List<Tape> tapes = world.tapes.stream()
                    .filter(tape -> tape.interest.start() == Interest.Start.INITIAL
                            && !tape.messages.get(0).events().isEmpty())
                    .toList();
            if (tapes.isEmpty()) {
                return false;
            }
            one(world, tapes).replace(new Spot(0, 0));
            return true;
        }
    },
    WRONG_WORD("Filter") {
        @Override
        boolean plant(World world) {
            return atEvent(world, any().and(tape -> !tape.interest.audit()), (tape, spots, at) -> {
                Event event = tape.at(spots.get(at));
                Event.Kind wrong = switch (event.kind()) {
                    case ADDED -> Event.Kind.MODIFIED;
                    case MODIFIED -> Event.Kind.ADDED;
                    case DELETED -> Event.Kind.LEFT;
                    case LEFT -> Event.Kind.DELETED;
                };
                return replace(
                        tape,
                        spots.get(at),
                        new Event(wrong, event.state(), event.previous(), event.revision(), event.bytes()));
            });
        }
    },
    NOT_WHAT_WAS_ASKED_FOR("Filter") {
        @Override
        boolean plant(World world) {
            List<Tape> named = world.tapes.stream()
                    .filter(tape -> tape.interest.name().equals("r1") && !tape.interest.latest())
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
    },
    WRONG_PREVIOUS("Previous") {
        @Override
        boolean plant(World world) {
            return atEvent(world, tape -> tape.interest.previous(), (tape, spots, at) -> {
                Event event = tape.at(spots.get(at));
                return event.previous() != null
                        && replace(
                                tape,
                                spots.get(at),
                                new Event(event.kind(), event.state(), event.state(), event.revision(), event.bytes()));
            });
        }
    },
    PREVIOUS_LEFT_OUT("Previous") {
        @Override
        boolean plant(World world) {
            return atEvent(world, tape -> tape.interest.previous(), (tape, spots, at) -> {
                Event event = tape.at(spots.get(at));
                return event.previous() != null
                        && replace(
                                tape,
                                spots.get(at),
                                new Event(event.kind(), event.state(), null, event.revision(), event.bytes()));
            });
        }
    },
    FOREIGN_EVENT("Isolated") {
        @Override
        boolean plant(World world) {
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
    },
    MESSAGE_TOO_LONG("Bounded") {
        @Override
        boolean plant(World world) {
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
    };

    final String guarantee;

    Defect(String guarantee) {
        this.guarantee = guarantee;
    }

    /** Plants the fault; returns whether there was a place for it. */
    abstract boolean plant(World world);

    private interface AtEvent {
        boolean plant(Tape tape, List<Spot> spots, int at);
    }

    private interface AtWrite {
        boolean plant(int index, Answer.Wrote wrote);
    }

    private interface AtOperation {
        boolean plant(int index, Operation operation);
    }

    private static Predicate<Tape> any() {
        return tape -> true;
    }

    private static Predicate<Tape> every() {
        return tape -> !tape.interest.latest() && !tape.interest.audit();
    }

    private static Predicate<Tape> after(long revision) {
        return tape -> tape.interest.start() == Interest.Start.AFTER && tape.interest.after() >= revision;
    }

    private static boolean replace(Tape tape, Spot spot, Event... by) {
        tape.replace(spot, by);
        return true;
    }

    private static Event moved(Event event, long revision) {
        return new Event(event.kind(), event.state(), event.previous(), revision, event.bytes());
    }

    private static Operation answered(Operation operation, Answer answer) {
        return new Operation(
                operation.client(), operation.called(), operation.returned(), false, operation.parts(), answer);
    }

    private static <E> E one(World world, List<E> of) {
        return of.get(world.random.nextInt(of.size()));
    }

    /** Tries events of the watches that suit, from a random one on, until the fault has a place. */
    private static boolean atEvent(World world, Predicate<Tape> suits, AtEvent fault) {
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
