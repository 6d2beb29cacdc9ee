package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Lifetimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * What watches over subtrees are told of the ends of workspaces, held against what they are told of what was in them.
 */
final class Ends {
    private final Lifetimes lifetimes;
    private final ObjLongConsumer<String> gone;
    private final Consumer<Violation> found;
    private final Map<String, View> bookmarks = new HashMap<>();

    /** @param gone is told of each workspace of which a watch was told that it ended, and when */
    Ends(Lifetimes lifetimes, ObjLongConsumer<String> gone, Consumer<Violation> found) {
        this.lifetimes = lifetimes;
        this.gone = gone;
        this.found = found;
    }

    /**
     * What a client has been told of.
     *
     * @param ended workspaces that ended
     * @param held workspaces of which it holds something, or did before they ended
     */
    private record View(Set<String> ended, Set<String> held) {
        View() {
            this(new TreeSet<>(), new TreeSet<>());
        }

        View copy() {
            return new View(new TreeSet<>(ended), new TreeSet<>(held));
        }

        boolean hasEnded(String workspace) {
            for (String each = workspace; !each.isEmpty(); each = Lifetime.parent(each)) {
                if (ended.contains(each)) {
                    return true;
                }
            }
            return false;
        }
    }

    void follow(List<RecordedWatch> watches) {
        for (RecordedWatch watch : watches) {
            if (watch.interest().subtree()) {
                follow(watch);
            }
        }
    }

    private void follow(RecordedWatch watch) {
        View before = bookmarks.get(watch.interest().token());
        View view = before == null ? new View() : before.copy();
        for (Message message : watch.messages()) {
            for (Event event : message.events()) {
                if (isEnd(watch, event)) {
                    end(watch, event, message.arrived(), view);
                } else {
                    object(watch, event, view);
                }
            }
            Message.Mark mark = message.bookmark();
            if (mark != null && !mark.token().isEmpty()) {
                bookmarks.put(mark.token(), view.copy());
            }
        }
    }

    /** Returns whether an event tells of an end: of a workspace, which is not what the watch asked for. */
    private static boolean isEnd(RecordedWatch watch, Event event) {
        String type = event.state().key().type();
        return type.equals(Key.WORKSPACES) && !type.equals(watch.interest().type());
    }

    private void end(RecordedWatch watch, Event event, long time, View view) {
        Lifetime lifetime = lifetimes.ofUid(event.state().uid());
        if (lifetime == null
                || lifetime.ended() != event.revision()
                || !watch.interest().covers(lifetime.parent())) {
            tell(watch, event, "the end of what it asked for, when it ended");
            return;
        }
        if (view.hasEnded(lifetime.workspace())) {
            tell(watch, event, "nothing of it after its end");
        }
        view.ended.add(lifetime.workspace());
        gone.accept(lifetime.workspace(), time);
    }

    private void object(RecordedWatch watch, Event event, View view) {
        String workspace = event.state().key().workspace();
        if (view.hasEnded(workspace)) {
            tell(watch, event, "nothing of it after its end");
        }
        if (view.held.add(workspace)) {
            for (String other : view.held) {
                if (isInPlaceOf(workspace, other) && !view.hasEnded(other)) {
                    tell(watch, event, "the end of " + other + " first");
                }
            }
        }
    }

    /** Returns whether one workspace can only have come when another was gone: it lies at or below the same path. */
    private static boolean isInPlaceOf(String workspace, String other) {
        String[] one = workspace.split(":", -1);
        String[] two = other.split(":", -1);
        for (int i = 0; i < Math.min(one.length, two.length); i++) {
            if (!one[i].equals(two[i])) {
                return Lifetime.path(one[i]).equals(Lifetime.path(two[i]));
            }
        }
        return false;
    }

    private void tell(RecordedWatch watch, Event event, String expected) {
        found.accept(new Violation(Deletions.NAME, watch.toString(), event.revision(), expected, event.toString()));
    }
}
