package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Recording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watch that can still be changed, before it becomes part of a recording. */
final class Tape {
    final Interest interest;
    final long opened;
    final List<Message> messages = new ArrayList<>();

    Tape(Interest interest, long opened) {
        this.interest = interest;
        this.opened = opened;
    }

    static Message message(long arrived, List<Event> events, Message.@Nullable Mark bookmark) {
        int bytes = 10 + events.stream().mapToInt(Event::bytes).sum();
        return new Message(arrived, bytes, events, bookmark);
    }

    void set(int index, List<Event> events, Message.@Nullable Mark bookmark) {
        messages.set(index, message(messages.get(index).arrived(), events, bookmark));
    }

    /** Replaces one event by some. */
    void replace(Spot spot, Event... by) {
        Message message = messages.get(spot.message());
        List<Event> events = new ArrayList<>(message.events());
        events.remove(spot.event());
        events.addAll(spot.event(), List.of(by));
        set(spot.message(), events, message.bookmark());
    }

    Event at(Spot spot) {
        return messages.get(spot.message()).events().get(spot.event());
    }

    /** Returns where the events are that came after the initial state, in order. */
    List<Spot> live() {
        List<Spot> spots = new ArrayList<>();
        boolean live = interest.start() != Interest.Start.INITIAL;
        for (int m = 0; m < messages.size(); m++) {
            for (int e = 0; live && e < messages.get(m).events().size(); e++) {
                spots.add(new Spot(m, e));
            }
            Message.Mark mark = messages.get(m).bookmark();
            live |= mark != null && mark.initialDone();
        }
        return spots;
    }

    void addTo(Recording recording) {
        var watch = recording.open(opened, interest);
        messages.forEach(each -> recording.add(watch, each));
    }

    /** Where an event is. */
    record Spot(int message, int event) {}
}
