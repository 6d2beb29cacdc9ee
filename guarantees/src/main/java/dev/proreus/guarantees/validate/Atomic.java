package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Course;
import dev.proreus.guarantees.truth.Truth;
import java.util.List;
import java.util.function.Consumer;

/**
 * Atomic: the events of one revision come in one message; a revision is never split over two. Promised in EVERY, for
 * what comes live; not in LATEST, where states of several revisions are brought together.
 */
final class Atomic implements Validator {
    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            if (watch.interest().latest()) {
                continue;
            }
            long last = 0;
            for (Message message : Course.of(watch).live()) {
                List<Event> events = message.events();
                if (!events.isEmpty()) {
                    Event first = events.get(0);
                    if (first.revision() == last) {
                        found.accept(new Violation(
                                "Atomic",
                                watch.toString(),
                                last,
                                "no more of it in a later message",
                                first.toString()));
                    }
                    last = events.get(events.size() - 1).revision();
                }
            }
        }
    }
}
