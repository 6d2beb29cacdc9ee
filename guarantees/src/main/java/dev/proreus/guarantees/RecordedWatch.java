package dev.proreus.guarantees;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * One watch: what it asked for and every message that it got, in order.
 *
 * <p>It is kept in columns, about thirty bytes an event; messages are put together as they are looked at. Adding is for
 * one thread at a time, reading for any once nothing is added any more.
 */
public final class RecordedWatch {
    private static final int KIND_BITS = 2;
    private static final long NO_BOOKMARK = -1;

    private final int number;
    private final long opened;
    private final Interest interest;
    private final boolean loose;
    private final Numbers revisions = new Numbers();
    private final Numbers kindsAndBytes = new Numbers();
    private final List<State> states = new ArrayList<>();
    private final List<@Nullable State> previous = new ArrayList<>();
    private final Numbers arrived = new Numbers();
    private final Numbers bytes = new Numbers();
    private final Numbers ends = new Numbers();
    private final Numbers bookmarks = new Numbers();
    private final Map<Integer, String> tokens = new HashMap<>();
    private int initialDone = -1;
    private String end = "";

    RecordedWatch(int number, long opened, Interest interest) {
        this(number, opened, interest, false);
    }

    private RecordedWatch(int number, long opened, Interest interest, boolean loose) {
        this.number = number;
        this.opened = opened;
        this.interest = interest;
        this.loose = loose;
    }

    /** Returns a watch that goes by this one's number, for a part of what this one was told. */
    public RecordedWatch part(Interest what, List<Message> told) {
        return part(what, told, false);
    }

    /** Returns a part of which something may be missing: the workspace may have been gone when it was told. */
    public RecordedWatch loosePart(Interest what, List<Message> told) {
        return part(what, told, true);
    }

    private RecordedWatch part(Interest what, List<Message> told, boolean isLoose) {
        RecordedWatch part = new RecordedWatch(number, opened, what, isLoose);
        told.forEach(part::add);
        return part;
    }

    /** Returns this watch as if it had been told something else. */
    public RecordedWatch with(List<Message> told) {
        RecordedWatch other = part(interest, told, loose);
        other.ended(end);
        return other;
    }

    /** Returns whether something may be missing of it. */
    public boolean loose() {
        return loose;
    }

    /** Returns its place among the watches of the recording. */
    public int number() {
        return number;
    }

    /** Returns when it was asked for. */
    public long opened() {
        return opened;
    }

    /** Returns what it asked for. */
    public Interest interest() {
        return interest;
    }

    /** Returns why it ended; empty where it did not. */
    public String end() {
        return end;
    }

    /** Returns how many events it got. */
    public int events() {
        return revisions.size();
    }

    /** Returns its messages, in the order in which they came. */
    public Iterable<Message> messages() {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < arrived.size();
            }

            @Override
            public Message next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return message(next++);
            }
        };
    }

    void add(Message message) {
        for (Event event : message.events()) {
            revisions.add(event.revision());
            kindsAndBytes.add((long) event.bytes() << KIND_BITS | event.kind().code());
            states.add(event.state());
            previous.add(event.previous());
        }
        Message.Mark mark = message.bookmark();
        if (mark != null && mark.initialDone()) {
            initialDone = arrived.size();
        }
        if (mark != null && !mark.token().isEmpty()) {
            tokens.put(arrived.size(), mark.token());
        }
        arrived.add(message.arrived());
        bytes.add(message.bytes());
        ends.add(revisions.size());
        bookmarks.add(mark == null ? NO_BOOKMARK : mark.revision());
    }

    void ended(String why) {
        end = why;
    }

    private Message message(int index) {
        int first = index == 0 ? 0 : (int) ends.get(index - 1);
        List<Event> events = new ArrayList<>();
        for (int i = first; i < ends.get(index); i++) {
            long packed = kindsAndBytes.get(i);
            Event.Kind kind = Event.Kind.of((int) packed & ((1 << KIND_BITS) - 1));
            events.add(new Event(kind, states.get(i), previous.get(i), revisions.get(i), (int) (packed >>> KIND_BITS)));
        }
        long revision = bookmarks.get(index);
        Message.Mark mark = revision == NO_BOOKMARK
                ? null
                : new Message.Mark(revision, index == initialDone, tokens.getOrDefault(index, ""));
        return new Message(arrived.get(index), (int) bytes.get(index), events, mark);
    }

    /** Returns the watch as people read it. */
    @Override
    public String toString() {
        return "watch " + number + " (" + interest.workspace() + (interest.subtree() ? " and below, " : " ")
                + interest.type()
                + (interest.name().isEmpty() ? "" : "/" + interest.name())
                + (interest.labelSelector().isEmpty() ? "" : " -l " + interest.labelSelector())
                + (interest.fieldSelector().isEmpty() ? "" : " fields " + interest.fieldSelector())
                + (interest.latest() ? " LATEST" : " EVERY")
                + (interest.start() == Interest.Start.AFTER ? " after " + interest.after() : " " + interest.start())
                + (interest.audit() ? ", audit" : "") + ")";
    }
}
