package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A strand of the newest states. At each bookmark the client's view must be the whole truth of some revision, and not
 * of an older one than at the bookmark before, nor of one below an event: that is where the bookmark stands. Where
 * there is no such revision, it stands at the oldest that is possible, where the view is found not to converge.
 */
final class LatestStrand extends Strand {
    private final Whereabouts whereabouts;
    private final Truth truth;
    private final List<Message> messages = new ArrayList<>();
    private long position;
    private long newest;
    private boolean lost;

    LatestStrand(RecordedWatch watch, Interest interest, Standing start, Truth truth) {
        super(watch, interest, start, truth);
        this.truth = truth;
        this.whereabouts = new Whereabouts(due, oldest);
        this.position = start.revision();
        switch (start.known()) {
            case NOTHING -> lost = true;
            case FROM, AS_AT -> whereabouts.holdAllAt(position);
            case WHERE_THESE_MATCH -> {
                if (begun()) {
                    complete(watch.opened());
                }
            }
        }
    }

    @Override
    void told(Message last) {
        complete(last.arrived());
    }

    private void complete(long arrived) {
        states.forEach(message -> message.events().forEach(whereabouts::take));
        messages.addAll(states);
        stand(newest(states));
        messages.add(bookmark(arrived, position, true));
    }

    @Override
    void live(Message message, List<Event> mine) {
        if (lost) {
            return;
        }
        if (!mine.isEmpty()) {
            mine.forEach(whereabouts::take);
            Message part = part(message, mine);
            newest = Math.max(newest, newest(List.of(part)));
            messages.add(part);
        }
        if (message.bookmark() != null) {
            stand(Math.max(position, newest));
            messages.add(bookmark(message.arrived(), position, false));
        }
    }

    private void stand(long least) {
        long found = whereabouts.find(least);
        lost = found == Whereabouts.NOWHERE;
        position = lost ? least : found;
        lost |= truth.isBeyondAudit(interest.workspace(), interest.type(), position);
    }

    @Override
    Standing standing() {
        return lost || !begun() ? Standing.UNKNOWN : Standing.asAt(position);
    }

    @Override
    List<RecordedWatch> finish() {
        return switch (start.known()) {
            case NOTHING -> List.of();
            case FROM, AS_AT -> List.of(made(interest.startedAfter(start.revision()), messages));
            case WHERE_THESE_MATCH ->
                List.of(made(interest.startedWithState(), messages.isEmpty() ? states : messages));
        };
    }
}
