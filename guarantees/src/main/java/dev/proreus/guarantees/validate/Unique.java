package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Course;
import dev.proreus.guarantees.truth.Truth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Unique: no event comes twice on one watch: of one object at most one event for each revision, and at most one state
 * in the initial state. In LATEST, where an object was replaced by another of its name, the one is deleted and the
 * other added; each of the two events comes once.
 */
final class Unique implements Validator {
    private record Once(Key key, long revision, String uid, Event.Kind kind) {}

    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            Course course = Course.of(watch);
            check(watch, course.snapshot(), true, new HashSet<>(), found);
            Set<Once> seen = new HashSet<>();
            for (Message message : course.live()) {
                check(watch, message.events(), false, seen, found);
            }
        }
    }

    private static void check(
            RecordedWatch watch, List<Event> events, boolean initial, Set<Once> seen, Consumer<Violation> found) {
        boolean latest = watch.interest().latest();
        for (Event event : events) {
            Once once = new Once(
                    event.state().key(),
                    initial ? 0 : event.revision(),
                    latest ? event.state().uid() : "",
                    latest ? event.kind() : Event.Kind.ADDED);
            if (!seen.add(once)) {
                found.accept(new Violation(
                        "Unique", watch.toString(), event.revision(), "no second event", event.toString()));
            }
        }
    }
}
