package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Course;
import dev.proreus.guarantees.truth.Due;
import dev.proreus.guarantees.truth.KeyHistory;
import dev.proreus.guarantees.truth.Truth;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Previous: where a watch asks for it, each modified event carries the state before, which is the state that the object
 * had at the revision before the event's; in LATEST, the state that the client holds. A watch that does not ask gets
 * none.
 */
final class Previous implements Validator {
    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            Course course = Course.of(watch);
            Map<Key, State> held = held(watch, course, truth);
            for (Message message : course.live()) {
                for (Event event : message.events()) {
                    check(watch, event, before(watch, event, held, truth), found);
                    held.put(event.state().key(), event.state());
                }
            }
        }
    }

    private static Map<Key, State> held(RecordedWatch watch, Course course, Truth truth) {
        Map<Key, State> held = new HashMap<>();
        course.snapshot().forEach(event -> held.put(event.state().key(), event.state()));
        if (watch.interest().latest() && watch.interest().start() != Interest.Start.INITIAL && course.begun()) {
            new Due(truth, watch.interest()).statesAt(course.from()).forEach(state -> held.put(state.key(), state));
        }
        return held;
    }

    /** Returns the state before; the event's own, where it is not known. */
    private static @Nullable State before(RecordedWatch watch, Event event, Map<Key, State> held, Truth truth) {
        Key key = event.state().key();
        if (watch.interest().latest()) {
            return watch.loose() ? event.previous() : held.get(key);
        }
        KeyHistory history = truth.history(key);
        return history.writtenAt(event.revision()) == null ? event.previous() : history.at(event.revision() - 1);
    }

    private static void check(RecordedWatch watch, Event event, @Nullable State before, Consumer<Violation> found) {
        State given = event.previous();
        boolean due = watch.interest().previous() && event.kind() == Event.Kind.MODIFIED;
        boolean wrong =
                watch.interest().previous() ? given == null ? due : !Objects.equals(given, before) : given != null;
        if (wrong) {
            found.accept(new Violation(
                    "Previous",
                    watch + ", " + event,
                    event.revision(),
                    watch.interest().previous() ? String.valueOf(before) : "no state before",
                    String.valueOf(given)));
        }
    }
}
