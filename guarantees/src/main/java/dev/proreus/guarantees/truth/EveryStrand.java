package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A strand of every change. After its initial state it goes on with the first match above where that was true: so that
 * is the revision before the first event, and the states are held against it.
 */
final class EveryStrand extends Strand {
    private final List<Message> events = new ArrayList<>();
    private long complete;

    EveryStrand(RecordedWatch watch, Interest interest, Standing start, Truth truth) {
        super(watch, interest, start, truth);
        this.complete = watch.opened();
    }

    @Override
    void told(Message last) {
        complete = last.arrived();
    }

    @Override
    void live(Message message, List<Event> mine) {
        if (!mine.isEmpty()) {
            events.add(part(message, mine));
        }
    }

    @Override
    Standing standing() {
        if (!begun()) {
            return Standing.UNKNOWN;
        }
        if (!events.isEmpty()) {
            return Standing.from(newest(events));
        }
        return start.known() == Standing.Known.WHERE_THESE_MATCH ? Standing.whereTheseMatch(states) : start;
    }

    @Override
    List<RecordedWatch> finish() {
        return switch (start.known()) {
            case FROM -> List.of(made(interest.startedAfter(start.revision()), events));
            case WHERE_THESE_MATCH -> List.of(made(interest.startedWithState(), withStates()));
            case NOTHING, AS_AT -> events.isEmpty() ? List.of() : List.of(made(interest.startedNow(), events));
        };
    }

    private List<Message> withStates() {
        List<Message> messages = new ArrayList<>(states);
        if (begun() && events.isEmpty()) {
            messages.add(bookmark(complete, somewhere(), true));
        } else if (begun()) {
            Message first = events.get(0);
            messages.add(bookmark(first.arrived(), first.events().get(0).revision() - 1, true));
        }
        messages.addAll(events);
        return messages;
    }

    private long somewhere() {
        Whereabouts whereabouts = new Whereabouts(due, oldest);
        states.forEach(message -> message.events().forEach(whereabouts::take));
        long newest = newest(states);
        long found = whereabouts.find(newest);
        return found == Whereabouts.NOWHERE ? newest : found;
    }
}
