package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls the workspaces in what watches over subtrees were told by their names. Such a watch is told paths, at which one
 * workspace may have followed another; which of them is meant follows from the identity of the object.
 */
public final class Named {
    private final Lifetimes lifetimes;
    private final Map<String, String> homes = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();

    private Named(Truth truth) {
        this.lifetimes = truth.lifetimes();
        for (Key key : truth.keys()) {
            for (KeyHistory.Version version : truth.history(key).versions()) {
                State state = version.state();
                if (state != null) {
                    homes.put(state.uid(), key.workspace());
                }
            }
        }
        lifetimes.all().forEach(each -> newest.put(each.path(), each.workspace()));
    }

    /** Returns a recording in which all workspaces go by their names. */
    public static Recording of(Recording recording, Truth truth) {
        if (!truth.lifetimes().areKnown()) {
            return recording;
        }
        Named named = new Named(truth);
        return recording.with(recording.watches().stream()
                .map(watch -> watch.interest().subtree() ? named.named(watch) : watch)
                .toList());
    }

    private RecordedWatch named(RecordedWatch watch) {
        List<Message> messages = new ArrayList<>();
        for (Message each : watch.messages()) {
            List<Event> events = each.events().stream().map(this::named).toList();
            messages.add(new Message(each.arrived(), each.bytes(), events, each.bookmark()));
        }
        return watch.with(messages);
    }

    private Event named(Event event) {
        Key key = event.state().key();
        String path = key.workspace();
        String workspace = home(event.state());
        // Whoever is told of an object at a path where it never was is told so of the newest one there.
        String name = workspace != null && Lifetime.path(workspace).equals(path)
                ? workspace
                : newest.getOrDefault(path, path);
        State previous = event.previous() == null ? null : at(name, event.previous());
        return name.equals(path)
                ? event
                : new Event(event.kind(), at(name, event.state()), previous, event.revision(), event.bytes());
    }

    /** Returns in which workspace an object was; null where that is not known. */
    private @Nullable String home(State state) {
        if (!state.key().type().equals(Key.WORKSPACES)) {
            return homes.get(state.uid());
        }
        Lifetime lifetime = lifetimes.ofUid(state.uid());
        return lifetime == null ? null : lifetime.parent();
    }

    private static State at(String workspace, State state) {
        return new State(
                new Key(workspace, state.key().type(), state.key().name()),
                state.uid(),
                state.resourceVersion(),
                state.generation(),
                state.digest(),
                state.specDigest(),
                state.facts());
    }
}
