package dev.proreus.agent.view;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of each object of one subscription, and the position up to which that is whole.
 *
 * <p>State: what is held by name; during a snapshot also what has come of it so far, kept apart, so that a snapshot
 * counts whole at its closing bookmark or, where the session is lost before, not at all. Bookmarks alone move the
 * position: before one, events come in any order, so that the newest says nothing of the others.
 *
 * <p>Of each object it keeps two versions: that of the last event, which brought metadata and spec, and that of the
 * newest status, which may come from an event or from one of the agent's own reports. The server does not echo those to
 * the session that made them, and the answer to a report may overtake an event of before; so an event that is older
 * than the status brings the spec only.
 *
 * <p>An object needs to be reconciled where it is new, was replaced, has another generation, or comes in a snapshot in
 * another version than held; a change of status or labels alone does not trigger.
 *
 * <p>Memory is bounded by the objects that the server gives the agent. For one thread.
 */
public final class ObjectView {
    private Map<String, Held> held = new LinkedHashMap<>();
    private @Nullable Map<String, Held> staged;
    private @Nullable Position position;
    private long reportedAt;

    /** Returns the position to resume from; empty before the first snapshot is whole. */
    public Optional<Position> position() {
        return Optional.ofNullable(position);
    }

    /** Returns the newest state of an object; empty where it is not held. */
    public Optional<AgentObject> get(String name) {
        return Optional.ofNullable(held.get(name)).map(Held::object);
    }

    /** Returns how many objects are held. */
    public int size() {
        return held.size();
    }

    /** Returns whether a durable report lies above the position, so that a resume would deliver it again. */
    public boolean isBehindOwnReports() {
        return position != null && reportedAt > position.revision();
    }

    /** Begins a snapshot: until its closing bookmark, what is delivered is collected and the view stays as it is. */
    public void beginSnapshot() {
        staged = new LinkedHashMap<>();
    }

    /** Forgets a snapshot that will not be completed. */
    public void abandonSnapshot() {
        staged = null;
    }

    /** Takes in what was delivered, all of it at once. */
    public Changes deliver(List<ViewEvent> events) {
        Changes changes = Changes.none();
        for (ViewEvent event : events) {
            if (staged != null) {
                stage(event, staged);
            } else {
                apply(event, changes);
            }
        }
        return changes;
    }

    /** Takes in a bookmark. Where it closes a snapshot, what was held and has not come is gone. */
    public Changes bookmark(Position at, boolean closesSnapshot) {
        Changes changes = Changes.none();
        if (staged != null) {
            if (!closesSnapshot) {
                return changes;
            }
            boolean newHistory = position != null && !position.incarnation().equals(at.incarnation());
            changes = swap(staged, newHistory);
            staged = null;
            reportedAt = newHistory ? 0 : reportedAt;
            position = at;
        } else if (position == null || at.revision() > position.revision()) {
            position = at;
        }
        return changes;
    }

    /** Takes in that a report is durable: the object has this status at this version. */
    public void reported(String name, String uid, Fields status, long resourceVersion) {
        reportedAt = Math.max(reportedAt, resourceVersion);
        Held before = held.get(name);
        if (before != null && before.object().uid().equals(uid) && resourceVersion > before.statusVersion()) {
            held.put(
                    name,
                    new Held(
                            before.object().withStatus(status, Math.max(resourceVersion, before.eventVersion())),
                            before.eventVersion(),
                            resourceVersion));
        }
    }

    private void stage(ViewEvent event, Map<String, Held> stage) {
        if (event instanceof ViewEvent.Present present) {
            stage.put(event.name(), Held.of(present));
        } else if (event instanceof ViewEvent.Known known) {
            Held before = held.get(known.name());
            if (before != null && before.isAt(known)) {
                stage.put(known.name(), before);
            }
        } else {
            stage.remove(event.name());
        }
    }

    private void apply(ViewEvent event, Changes changes) {
        Held before = held.get(event.name());
        if (event instanceof ViewEvent.Present present) {
            boolean same = before != null
                    && before.object().uid().equals(present.object().uid());
            if (before == null || !same) {
                put(Held.of(present), before, changes);
            } else if (event.revision() > before.eventVersion()) {
                put(before.after(present), before, changes);
            }
        } else if (event instanceof ViewEvent.Gone gone
                && before != null
                && before.object().uid().equals(gone.uid())) {
            held.remove(gone.name());
            changes.gone().add(gone.name());
            changes.triggered().remove(gone.name());
        }
    }

    private void put(Held now, @Nullable Held before, Changes changes) {
        String name = now.object().name();
        held.put(name, now);
        if (before != null && !before.object().uid().equals(now.object().uid())) {
            changes.gone().add(name);
            changes.triggered().add(name);
        } else if (before == null
                || before.object().generation() != now.object().generation()) {
            changes.triggered().add(name);
        }
    }

    private Changes swap(Map<String, Held> snapshot, boolean newHistory) {
        Changes changes = new Changes(Changes.none().gone(), Changes.none().triggered(), newHistory);
        Map<String, Held> old = held;
        held = new LinkedHashMap<>();
        for (Held came : snapshot.values()) {
            Held before = old.remove(came.object().name());
            boolean same = before != null
                    && !newHistory
                    && before.object().uid().equals(came.object().uid());
            if (before != null && !before.object().uid().equals(came.object().uid())) {
                changes.gone().add(came.object().name());
            }
            Held now = same && before != null ? before.orNewer(came) : came;
            held.put(now.object().name(), now);
            if (before == null || !same || now.differsFrom(before)) {
                changes.triggered().add(now.object().name());
            }
        }
        changes.gone().addAll(old.keySet());
        return changes;
    }

    /** An object, the version of its last event and that of its status. */
    private record Held(AgentObject object, long eventVersion, long statusVersion) {
        static Held of(ViewEvent.Present present) {
            return new Held(present.object(), present.revision(), present.revision());
        }

        boolean isAt(ViewEvent.Known known) {
            return object.uid().equals(known.uid()) && object.generation() == known.generation();
        }

        boolean differsFrom(Held before) {
            return object.generation() != before.object.generation()
                    || object.resourceVersion() != before.object.resourceVersion();
        }

        /** This object, changed by an event; a status that is newer than the event stays. */
        Held after(ViewEvent.Present present) {
            if (present.revision() >= statusVersion) {
                return of(present);
            }
            return new Held(
                    present.object().withStatus(object.status(), statusVersion), present.revision(), statusVersion);
        }

        Held orNewer(Held came) {
            return came.eventVersion >= eventVersion
                    ? after(new ViewEvent.Present(came.object, came.eventVersion))
                    : this;
        }
    }
}
