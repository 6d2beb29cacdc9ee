package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A watch's messages, taken apart: the initial state, and what came live after a revision.
 *
 * @param begun whether it is known after which revision it goes on live: not where the initial state broke off, and not
 *     where it started at now and was told nothing
 * @param from that revision
 * @param snapshot the events of the initial state
 * @param live the messages after it
 */
public record Course(boolean begun, long from, List<Event> snapshot, List<Message> live) {
    /** Takes a watch apart. */
    public static Course of(RecordedWatch watch) {
        Interest.Start start = watch.interest().start();
        boolean begun = start == Interest.Start.AFTER;
        long from = watch.interest().after();
        List<Event> snapshot = new ArrayList<>();
        List<Message> live = new ArrayList<>();
        for (Message message : watch.messages()) {
            Message.Mark mark = message.bookmark();
            if (begun) {
                live.add(message);
            } else if (start == Interest.Start.NOW) {
                begun = true;
                from = mark != null && message.events().isEmpty()
                        ? mark.revision()
                        : message.events().get(0).revision() - 1;
                live.add(message);
            } else {
                snapshot.addAll(message.events());
                if (mark != null && mark.initialDone()) {
                    begun = true;
                    from = mark.revision();
                }
            }
        }
        return new Course(begun, from, snapshot, live);
    }

    /** Returns the revision of the newest event that came live; where it went on from, if none came. */
    public long lastEvent() {
        long last = from;
        for (Message message : live) {
            for (Event event : message.events()) {
                last = Math.max(last, event.revision());
            }
        }
        return last;
    }
}
