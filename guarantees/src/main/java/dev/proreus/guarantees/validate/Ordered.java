package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Course;
import dev.proreus.guarantees.truth.Truth;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Ordered: the events of a watch come in the order of their revisions; an event never comes after one of a later
 * revision. In LATEST this is promised for the events of each object.
 */
final class Ordered implements Validator {
    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            boolean latest = watch.interest().latest();
            Map<Key, Long> newest = new HashMap<>();
            long last = 0;
            for (Message message : Course.of(watch).live()) {
                for (Event event : message.events()) {
                    long before = latest ? newest.getOrDefault(event.state().key(), 0L) : last;
                    if (event.revision() < before) {
                        found.accept(new Violation(
                                "Ordered",
                                watch.toString(),
                                event.revision(),
                                "a revision from " + before + " on",
                                event.toString()));
                    }
                    last = Math.max(last, event.revision());
                    if (latest) {
                        newest.merge(event.state().key(), event.revision(), Math::max);
                    }
                }
            }
        }
    }
}
