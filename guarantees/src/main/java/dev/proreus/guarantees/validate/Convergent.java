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
import dev.proreus.guarantees.truth.Truth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Convergent: at each bookmark of a watch in LATEST, whoever has taken in every event so far holds exactly what matches
 * at the bookmark's revision, each object in the state that it then had. It holds for a watch that resumed after a
 * bookmark as well, counting what its client held there. Between bookmarks nothing is promised of several objects
 * together.
 */
final class Convergent implements Validator {
    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            Course course = Course.of(watch);
            if (course.begun() && watch.interest().latest() && !watch.loose()) {
                new View(watch, course, truth).follow(found);
            }
        }
    }

    /** What a client holds, and where it differs from what is. */
    private static final class View {
        private final RecordedWatch watch;
        private final Course course;
        private final Truth truth;
        private final Due due;
        private final Map<Key, State> held = new HashMap<>();
        private final Set<Key> differing = new HashSet<>();

        View(RecordedWatch watch, Course course, Truth truth) {
            this.watch = watch;
            this.course = course;
            this.truth = truth;
            this.due = new Due(truth, watch.interest());
        }

        void follow(Consumer<Violation> found) {
            start();
            List<Change> changes = due.changesAfter(course.from());
            int next = 0;
            long position = course.from();
            for (Message message : course.live()) {
                message.events().forEach(this::take);
                for (Event event : message.events()) {
                    compare(event.state().key(), position);
                }
                Message.Mark mark = message.bookmark();
                if (mark == null) {
                    continue;
                }
                position = Math.max(position, mark.revision());
                if (truth.isBeyondAudit(
                        watch.interest().workspace(), watch.interest().type(), position)) {
                    return;
                }
                while (next < changes.size() && changes.get(next).revision() <= position) {
                    differing.add(changes.get(next++).key());
                }
                for (Key key : List.copyOf(differing)) {
                    compare(key, position);
                }
                tell(position, found);
            }
        }

        private void start() {
            if (watch.interest().start() == Interest.Start.INITIAL) {
                course.snapshot().forEach(this::take);
            } else {
                due.statesAt(course.from()).forEach(state -> held.put(state.key(), state));
            }
        }

        private void take(Event event) {
            boolean gone = event.kind() == Event.Kind.DELETED || event.kind() == Event.Kind.LEFT;
            if (gone) {
                held.remove(event.state().key());
            } else {
                held.put(event.state().key(), event.state());
            }
        }

        private void compare(Key key, long revision) {
            State is = wanted(key, revision);
            State mine = held.get(key);
            if (is == null ? mine == null : is.equals(mine)) {
                differing.remove(key);
            } else {
                differing.add(key);
            }
        }

        private @Nullable State wanted(Key key, long revision) {
            State is = truth.history(key).at(revision);
            return due.matches(is) ? is : null;
        }

        private void tell(long revision, Consumer<Violation> found) {
            for (Key key : differing) {
                found.accept(new Violation(
                        "Convergent",
                        watch.toString(),
                        revision,
                        key + " as " + wanted(key, revision),
                        "a view of " + held.get(key)));
            }
        }
    }
}
