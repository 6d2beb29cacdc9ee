package dev.proreus.workspace.engine;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** What a workspace has been, kept whole: the simple thing that trimmed history is held against. */
final class PastModel {
    private final List<NavigableMap<String, ByteString>> states = new ArrayList<>(List.of(new TreeMap<>()));
    private final List<Event> events = new ArrayList<>();

    /** What a watch is to deliver. */
    record Event(long revision, ChangeKind kind, String name, ByteString object) {}

    void put(String name, ByteString object) {
        NavigableMap<String, ByteString> next = new TreeMap<>(newest());
        ChangeKind kind = next.put(name, object) == null ? ChangeKind.ADDED : ChangeKind.MODIFIED;
        states.add(next);
        events.add(new Event(head(), kind, name, object));
    }

    void delete(String name) {
        NavigableMap<String, ByteString> next = new TreeMap<>(newest());
        ByteString last = Objects.requireNonNull(next.remove(name));
        states.add(next);
        events.add(new Event(head(), ChangeKind.DELETED, name, last));
    }

    long head() {
        return states.size() - 1L;
    }

    NavigableMap<String, ByteString> newest() {
        return at(head());
    }

    NavigableMap<String, ByteString> at(long revision) {
        return states.get((int) revision);
    }

    List<Event> between(long afterExclusive, long throughInclusive) {
        return events.subList((int) afterExclusive, (int) throughInclusive);
    }

    List<Event> after(long revision) {
        return events.subList((int) revision, events.size());
    }
}
