package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Course;
import dev.proreus.guarantees.truth.Due;
import dev.proreus.guarantees.truth.Truth;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reliable: between the first and the last event of a watch none is missing: whoever was told of revisions a and c was
 * told of every matching change between, and of every matching change at a and at c. The initial state is everything
 * that matches at the one revision that its closing bookmark names, and nothing else. Promised in EVERY; in LATEST the
 * initial state alone, and Convergent for what follows.
 */
final class Reliable implements Validator {
    private static final String NAME = "Reliable";

    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            if (watch.interest().audit() || watch.loose()) {
                continue;
            }
            Course course = Course.of(watch);
            Due due = new Due(truth, watch.interest());
            if (course.begun() && watch.interest().start() == Interest.Start.INITIAL) {
                initialState(watch, course, due, found);
            }
            if (course.begun() && !watch.interest().latest()) {
                live(watch, course, due, found);
            }
        }
    }

    private static void initialState(RecordedWatch watch, Course course, Due due, Consumer<Violation> found) {
        Map<Key, State> given = new HashMap<>();
        course.snapshot().forEach(event -> given.put(event.state().key(), event.state()));
        for (State state : due.statesAt(course.from())) {
            State seen = given.get(state.key());
            if (!state.equals(seen)) {
                found.accept(new Violation(
                        NAME,
                        watch + " in its initial state",
                        course.from(),
                        state.toString(),
                        seen == null ? "nothing" : seen.toString()));
            }
        }
    }

    private static void live(RecordedWatch watch, Course course, Due due, Consumer<Violation> found) {
        long first = Resumable.firstEvent(course);
        Told told = Told.live(course);
        for (Event event : due.events(first - 1, course.lastEvent())) {
            if (!told.of(event)) {
                found.accept(new Violation(NAME, watch.toString(), event.revision(), event.toString(), "nothing"));
            }
        }
    }
}
