package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Course;
import dev.proreus.guarantees.truth.Due;
import dev.proreus.guarantees.truth.Truth;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resumable: a watch that starts after a revision, or goes on live after an initial state at one, is told of nothing at
 * or below it, and first of the first matching change above it; it does not matter whether the server was killed in
 * between. One that starts at now starts at no revision below one that somebody had been told of when it was asked for.
 * Promised for positions within history and within one incarnation; an older position is refused.
 */
final class Resumable implements Validator {
    private static final String NAME = "Resumable";

    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        Map<String, Order> orders = Order.of(recording);
        for (RecordedWatch watch : recording.watches()) {
            Course course = Course.of(watch);
            refused(watch, orders.get(watch.interest().workspace()), found);
            now(watch, orders.get(watch.interest().workspace()), found);
            for (Message message : course.live()) {
                for (Event event : message.events()) {
                    if (event.revision() <= course.from()) {
                        found.accept(new Violation(
                                NAME,
                                watch.toString(),
                                event.revision(),
                                "only revisions above " + course.from(),
                                event.toString()));
                    }
                }
            }
            if (course.begun()
                    && !watch.interest().latest()
                    && !watch.interest().audit()
                    && !watch.loose()) {
                begin(watch, course, new Due(truth, watch.interest()), found);
            }
        }
    }

    /** A revision that somebody was told of has been reached, and stays reached. */
    private static void refused(RecordedWatch watch, @Nullable Order order, Consumer<Violation> found) {
        if (order != null
                && watch.end().endsWith(" REVISION_NOT_REACHED")
                && watch.interest().after() <= order.newestTold(watch.opened())) {
            found.accept(new Violation(
                    NAME, watch.toString(), watch.interest().after(), "a position that was reached", watch.end()));
        }
    }

    /** Now is not before what somebody had been told of when it was asked for. */
    private static void now(RecordedWatch watch, @Nullable Order order, Consumer<Violation> found) {
        Iterator<Message> messages = watch.messages().iterator();
        if (order == null || watch.interest().start() != Interest.Start.NOW || !messages.hasNext()) {
            return;
        }
        Message first = messages.next();
        Message.Mark mark = first.bookmark();
        long told = order.newestTold(watch.opened());
        if (mark != null && first.events().isEmpty() && mark.revision() < told) {
            found.accept(new Violation(
                    NAME,
                    watch.toString(),
                    mark.revision(),
                    "a start at " + told + " or later",
                    "a start in the past"));
        }
    }

    private static void begin(RecordedWatch watch, Course course, Due due, Consumer<Violation> found) {
        long first = firstEvent(course);
        if (first == Long.MAX_VALUE) {
            return;
        }
        List<Event> skipped = due.events(course.from(), first - 1);
        if (!skipped.isEmpty()) {
            Event expected = skipped.get(0);
            found.accept(new Violation(
                    NAME, watch.toString(), expected.revision(), expected + " first", "first one at " + first));
        }
    }

    /** Returns the revision of the first event that came live; the greatest number where none did. */
    static long firstEvent(Course course) {
        for (Message message : course.live()) {
            if (!message.events().isEmpty()) {
                return message.events().get(0).revision();
            }
        }
        return Long.MAX_VALUE;
    }
}
