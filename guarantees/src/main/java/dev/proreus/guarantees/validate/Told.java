package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.truth.Course;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which changes a watch was told of. */
final class Told {
    private record Point(long revision, Key key) {}

    private final Set<Point> points = new HashSet<>();

    /** What came live on a watch, all of it. */
    static Told live(Course course) {
        Told told = new Told();
        for (Message message : course.live()) {
            told.add(message.events());
        }
        return told;
    }

    void add(List<Event> events) {
        for (Event event : events) {
            points.add(new Point(event.revision(), event.state().key()));
        }
    }

    boolean of(Event due) {
        return points.contains(new Point(due.revision(), due.state().key()));
    }
}
