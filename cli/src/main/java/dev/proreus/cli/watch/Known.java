package dev.proreus.cli.watch;

import dev.proreus.v1.Object;
import dev.proreus.v1.WatchEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a watch knows of each object, by name, and what an event means against it: the same version again means nothing,
 * so that a state told anew tells only what differs.
 */
final class Known {
    private final Map<String, Object> objects = new LinkedHashMap<>();
    private final Set<String> unconfirmed = new HashSet<>();

    /** Takes the object as known, without a change. */
    void seed(Object object) {
        objects.put(object.getMetadata().getName(), object);
    }

    /** Expects the whole state: what is not told until {@link #missing} is gone. */
    void begin() {
        unconfirmed.clear();
        unconfirmed.addAll(objects.keySet());
    }

    /** Returns what the event changes, if anything. */
    Optional<Change> apply(WatchEvent event) {
        return switch (event.getChangeCase()) {
            case ADDED -> put(event.getAdded(), event.getRevision());
            case MODIFIED -> put(event.getModified(), event.getRevision());
            case DELETED -> remove(Change.Kind.DELETED, event.getDeleted(), event.getRevision());
            case LEFT -> remove(Change.Kind.LEFT, event.getLeft(), event.getRevision());
            case KNOWN, CHANGE_NOT_SET -> Optional.empty();
        };
    }

    /** Returns the end of each object that the whole state did not name, of a kind that the watch can tell. */
    Iterable<Change> missing(Change.Kind kind, long revision) {
        Set<String> gone = Set.copyOf(unconfirmed);
        unconfirmed.clear();
        return gone.stream()
                .sorted()
                .map(objects::remove)
                .map(object -> new Change(kind, object, revision))
                .toList();
    }

    private Optional<Change> put(Object object, long revision) {
        String name = object.getMetadata().getName();
        unconfirmed.remove(name);
        Object before = objects.put(name, object);
        if (before == null
                || !before.getMetadata().getUid().equals(object.getMetadata().getUid())) {
            return Optional.of(new Change(Change.Kind.ADDED, object, revision));
        }
        boolean same = before.getMetadata().getResourceVersion()
                == object.getMetadata().getResourceVersion();
        return same ? Optional.empty() : Optional.of(new Change(Change.Kind.MODIFIED, object, revision));
    }

    private Optional<Change> remove(Change.Kind kind, Object object, long revision) {
        String name = object.getMetadata().getName();
        unconfirmed.remove(name);
        return objects.remove(name) == null ? Optional.empty() : Optional.of(new Change(kind, object, revision));
    }
}
