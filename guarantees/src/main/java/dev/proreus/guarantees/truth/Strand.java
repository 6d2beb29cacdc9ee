package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import java.util.ArrayList;
import java.util.List;

/** What a watch over a subtree told of one workspace. */
abstract class Strand {
    final Interest interest;
    final Due due;
    final long oldest;

    /** The initial state, or that of the watch that this one goes on from, where that alone had been told. */
    final List<Message> states = new ArrayList<>();

    final Standing start;
    private final RecordedWatch watch;
    private boolean begun;

    Strand(RecordedWatch watch, Interest interest, Standing start, Truth truth) {
        Truth.Span span = truth.span(interest.workspace(), interest.type());
        this.watch = watch;
        this.interest = interest;
        this.start = start;
        this.due = new Due(truth, interest);
        this.oldest = span == null ? 0 : span.from();
        this.begun = interest.start() != Interest.Start.INITIAL;
        this.states.addAll(start.states());
    }

    /** Takes a message, of whose events only some are of this workspace. */
    final void add(Message message, List<Event> mine) {
        Message.Mark mark = message.bookmark();
        if (begun) {
            live(message, mine);
            return;
        }
        if (!mine.isEmpty()) {
            states.add(part(message, mine));
        }
        if (mark != null && mark.initialDone()) {
            begun = true;
            told(message);
        }
    }

    static Message part(Message message, List<Event> mine) {
        return new Message(message.arrived(), message.bytes(), mine, null);
    }

    static Message bookmark(long arrived, long revision, boolean initialDone) {
        return new Message(arrived, 0, List.of(), new Message.Mark(revision, initialDone));
    }

    /** Takes notice that the initial state is complete. */
    abstract void told(Message last);

    /** Takes a message that came live. */
    abstract void live(Message message, List<Event> mine);

    /** Returns where a bookmark that comes now stands. */
    abstract Standing standing();

    /** Returns what it comes to: one watch, or none where it cannot be judged. */
    abstract List<RecordedWatch> finish();

    final boolean begun() {
        return begun;
    }

    final RecordedWatch made(Interest what, List<Message> messages) {
        return watch.part(what, messages);
    }

    final long opened() {
        return watch.opened();
    }

    /** Returns the newest revision among states. */
    static long newest(List<Message> messages) {
        long newest = 0;
        for (Message message : messages) {
            for (Event event : message.events()) {
                newest = Math.max(newest, event.revision());
            }
        }
        return newest;
    }
}
