package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.Object;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Convergent: a client that applies what mode LATEST gives holds, at each bookmark, what the store held there. Between
 * two bookmarks there is one event for each object, or the departure of one and the arrival of another of its name;
 * each fits what the client holds. What the session itself reported counts as held.
 */
final class Convergence {
    private final ModelStore model;
    private final WatchSpec spec;
    private final WatchFilter filter;
    private final Map<String, Object> held = new TreeMap<>();
    private final Map<String, WatchEvent> pass = new HashMap<>();
    private long bookmark;

    /** Begins with what the client holds at a position. */
    Convergence(ModelStore model, WatchSpec spec, WatchFilter filter, long after) {
        this.model = model;
        this.spec = spec;
        this.filter = filter;
        this.bookmark = after;
        model.view(spec, filter, after).forEach((key, state) -> held.put(key, model.parsed(state.object())));
    }

    void check(List<Call> calls, @Nullable Long head) {
        for (Call call : calls) {
            if (call instanceof Call.Events events) {
                for (int i = 0; i < events.list().size(); i++) {
                    apply(events.workspace(i), events.list().get(i));
                }
            } else if (call instanceof Call.Bookmark given) {
                assertThat(given.revision()).as("Bookmarkable: never back").isGreaterThanOrEqualTo(bookmark);
                bookmark = given.revision();
                checkHeld(bookmark);
                pass.clear();
            }
        }
        if (head != null) {
            assertThat(pass).as("a pass ends with a bookmark").isEmpty();
            checkHeld(head);
        }
    }

    private void apply(String workspace, WatchEvent event) {
        Object object = switch (event.getChangeCase()) {
            case ADDED -> event.getAdded();
            case MODIFIED -> event.getModified();
            case DELETED -> event.getDeleted();
            case LEFT -> event.getLeft();
            default -> throw new AssertionError(event);
        };
        String path = workspace.isEmpty() ? model.place(spec.workspaceId()).path() : workspace;
        String key = path + "/" + object.getMetadata().getName();
        long position = model.positionOf(spec.scope(), path, event.getRevision());
        assertThat(position)
                .as("Bookmarkable: nothing at or below a bookmark comes later")
                .isGreaterThan(bookmark);
        WatchEvent before = pass.put(key, event);
        Object old = held.get(key);
        if (before != null) {
            assertThat(before.hasDeleted() || before.hasLeft())
                    .as("Unique: %s, then %s", before, event)
                    .isTrue();
            assertThat(event.hasAdded())
                    .as("Unique: %s, then %s", before, event)
                    .isTrue();
        }
        if (event.hasAdded()) {
            assertThat(old).as("what is added is new: %s", event).isNull();
            held.put(key, object);
        } else if (event.hasModified()) {
            assertThat(old).as("what is modified is held: %s", event).isNotNull();
            assertThat(object.getMetadata().getUid())
                    .isEqualTo(old == null ? "" : old.getMetadata().getUid());
            assertThat(event.hasPrevious()).isEqualTo(spec.previous());
            held.put(key, object);
        } else {
            assertThat(old).as("what goes is held: %s", event).isNotNull();
            assertThat(object.getMetadata().getUid())
                    .isEqualTo(old == null ? "" : old.getMetadata().getUid());
            held.remove(key);
        }
    }

    private void checkHeld(long position) {
        Map<String, ObjectState> due = model.view(spec, filter, position);
        assertThat(held.keySet()).as("Convergent at %s", position).isEqualTo(due.keySet());
        held.forEach((key, object) -> {
            ObjectState state = due.get(key);
            if (state != null && !model.parsed(state.object()).equals(object)) {
                checkOwn(key, object, position);
            }
        });
    }

    /** What differs is what the session reported itself. */
    private void checkOwn(String key, Object object, long position) {
        long since = object.getMetadata().getResourceVersion();
        for (Change change : model.changes(spec, 0, position)) {
            String path = model.place(change.workspaceId()).path() + "/" + change.name();
            boolean own = change.statusOnly() && ModelStore.isOwn(change, spec);
            if (path.equals(key) && change.revision() > since && !own) {
                throw new AssertionError("Convergent at " + position + ": " + key + " is held as of " + since);
            }
        }
    }
}
