package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Change;
import dev.proreus.guarantees.truth.Course;
import dev.proreus.guarantees.truth.Due;
import dev.proreus.guarantees.truth.KeyHistory;
import dev.proreus.guarantees.truth.Truth;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Filter: a watch is told of what it asked for, and by the right word: added where the object is new or begins to
 * match, modified where it matched and matches still, left where it exists but no longer matches, deleted where it
 * matched and is gone. Added and modified carry the new state, left and deleted the last state that matched. Delete and
 * create of one name is never modified. In LATEST the words speak of what the client holds: added of what it does not
 * hold, the others of what it does.
 */
final class Filter implements Validator {
    private static final String NAME = "Filter";

    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            Course course = Course.of(watch);
            Due due = new Due(truth, watch.interest());
            for (Event event : course.snapshot()) {
                if (event.kind() != Event.Kind.ADDED || !due.matches(event.state())) {
                    found.accept(violation(watch, event, "a matching state, added"));
                }
            }
            if (!watch.interest().latest() || !course.begun()) {
                every(watch, course, due, truth, found);
            } else if (!watch.loose()) {
                latest(watch, course, due, truth, found);
            }
        }
    }

    private static void every(RecordedWatch watch, Course course, Due due, Truth truth, Consumer<Violation> found) {
        for (Message message : course.live()) {
            for (Event event : message.events()) {
                KeyHistory history = truth.history(event.state().key());
                KeyHistory.Version version = history.writtenAt(event.revision());
                if (version == null) {
                    continue; // nothing is known to have happened: Durable says whether that is wrong
                }
                State before = history.at(event.revision() - 1);
                Event right =
                        due.event(new Change(event.revision(), event.state().key(), before, version.state()));
                if (right == null
                        || right.kind() != event.kind()
                        || !right.state().equals(event.state())) {
                    found.accept(violation(watch, event, right == null ? "no event" : right.toString()));
                }
            }
        }
    }

    private static void latest(RecordedWatch watch, Course course, Due due, Truth truth, Consumer<Violation> found) {
        Map<Key, String> held = new HashMap<>();
        if (watch.interest().start() == Interest.Start.INITIAL) {
            course.snapshot()
                    .forEach(
                            event -> held.put(event.state().key(), event.state().uid()));
        } else {
            due.statesAt(course.from()).forEach(state -> held.put(state.key(), state.uid()));
        }
        long position = course.from();
        for (Message message : course.live()) {
            for (Event event : message.events()) {
                State state = event.state();
                String mine = held.getOrDefault(state.key(), "");
                boolean known = !truth.isBeyondAudit(
                        watch.interest().workspace(), watch.interest().type(), event.revision());
                String wrong = wrongInLatest(event, mine, position, due, truth);
                if (known && !wrong.isEmpty()) {
                    found.accept(violation(watch, event, wrong));
                }
                boolean gone = event.kind() == Event.Kind.DELETED || event.kind() == Event.Kind.LEFT;
                held.put(state.key(), gone ? "" : state.uid());
            }
            Message.Mark mark = message.bookmark();
            position = mark == null ? position : Math.max(position, mark.revision());
        }
    }

    private static String wrongInLatest(Event event, String held, long position, Due due, Truth truth) {
        State state = event.state();
        State now = truth.history(state.key()).at(event.revision());
        boolean exists = now != null && now.uid().equals(state.uid());
        return switch (event.kind()) {
            case ADDED -> held.isEmpty() && due.matches(state) ? "" : "another word, or a matching state";
            case MODIFIED -> held.equals(state.uid()) && due.matches(state) ? "" : "another word, or a matching state";
            case DELETED ->
                held.equals(state.uid()) && !exists ? "" : "a word for an object that exists or is not held";
            case LEFT ->
                held.equals(state.uid()) && (exists ? !due.matches(now) : leftBefore(event, position, due, truth))
                        ? ""
                        : "a word for one that is gone or matches";
        };
    }

    /** Whoever left before it was deleted has left: nobody else's end is told to those who do not watch it. */
    private static boolean leftBefore(Event event, long position, Due due, Truth truth) {
        return truth.history(event.state().key()).during(position, event.revision()).stream()
                .map(KeyHistory.Version::state)
                .anyMatch(state ->
                        state != null && state.uid().equals(event.state().uid()) && !due.matches(state));
    }

    private static Violation violation(RecordedWatch watch, Event event, String expected) {
        return new Violation(NAME, watch.toString(), event.revision(), expected, event.toString());
    }
}
