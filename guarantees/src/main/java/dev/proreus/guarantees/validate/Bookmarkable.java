package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Change;
import dev.proreus.guarantees.truth.Course;
import dev.proreus.guarantees.truth.Due;
import dev.proreus.guarantees.truth.Truth;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bookmarkable: when a bookmark comes, every matching change at or below its revision has been told, and none of them
 * comes later; bookmarks never go back, and never stand below an event that was told. In LATEST what has been told by
 * then is the newest state of each object, which is Convergent.
 */
final class Bookmarkable implements Validator {
    private static final String NAME = "Bookmarkable";

    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            Course course = Course.of(watch);
            order(watch, course, found);
            if (course.begun()
                    && !watch.interest().latest()
                    && !watch.interest().audit()
                    && !watch.loose()) {
                completeness(watch, course, new Due(truth, watch.interest()), found);
            }
        }
    }

    private static void order(RecordedWatch watch, Course course, Consumer<Violation> found) {
        boolean initial = watch.interest().start() == Interest.Start.INITIAL;
        long bookmark = initial ? course.from() : -1;
        long event = 0;
        for (Message message : course.live()) {
            for (Event each : message.events()) {
                if (each.revision() <= bookmark) {
                    found.accept(new Violation(
                            NAME,
                            watch.toString(),
                            each.revision(),
                            "nothing at or below the bookmark at " + bookmark,
                            each.toString()));
                }
                event = Math.max(event, each.revision());
            }
            Message.Mark mark = message.bookmark();
            if (mark != null) {
                long least = Math.max(bookmark, event);
                if (mark.revision() < least) {
                    found.accept(new Violation(
                            NAME,
                            watch.toString(),
                            mark.revision(),
                            "a bookmark from " + least + " on",
                            "one at " + mark.revision()));
                }
                bookmark = Math.max(bookmark, mark.revision());
            }
        }
    }

    private static void completeness(RecordedWatch watch, Course course, Due due, Consumer<Violation> found) {
        List<Change> changes = due.changesAfter(course.from());
        Told told = new Told();
        int next = 0;
        for (Message message : course.live()) {
            told.add(message.events());
            Message.Mark mark = message.bookmark();
            while (mark != null && next < changes.size() && changes.get(next).revision() <= mark.revision()) {
                Event event = due.event(changes.get(next++));
                if (event != null && !told.of(event)) {
                    found.accept(new Violation(
                            NAME,
                            watch.toString(),
                            event.revision(),
                            event + " before the bookmark at " + mark.revision(),
                            "nothing"));
                }
            }
        }
    }
}
