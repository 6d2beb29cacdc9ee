package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all changes between two positions come to, object by object: the state before the first is compared with the one
 * after the last. A pure function of the changes, wherever they come from.
 *
 * <ul>
 *   <li>Wanted at the end only: added.
 *   <li>Wanted at both ends: modified, with the last state and, as the state before, the one at the beginning; nothing
 *       where the session itself reported all of it; if it is another object by then, the old one's departure first.
 *   <li>Wanted at the beginning only: a departure, that is deleted where the object was deleted while it was still
 *       wanted, and left otherwise, even if it was deleted later: whoever loses an object must not tear it down.
 *   <li>Wanted at neither end: nothing.
 * </ul>
 *
 * <p>The end of a workspace within the scope is told by itself, in its place: what came before it in that workspace was
 * for nothing, and one that is made again under the same name is another one.
 *
 * <p>Changes that concern the filter neither before nor after may be missing, since they change nothing in this.
 */
final class Conflation {
    private final WatchFilter filter;
    private final WatchSpec spec;
    private final Map<ObjectKey, Track> tracks = new LinkedHashMap<>();
    private final List<End> ends = new ArrayList<>(0);
    private final int changes;

    /** @param changes in order of position */
    Conflation(List<SharedEvent> changes, WatchFilter filter, WatchSpec spec) {
        this.filter = filter;
        this.spec = spec;
        this.changes = changes.size();
        for (int i = 0; i < changes.size(); i++) {
            SharedEvent event = changes.get(i);
            if (spec.scope().losesWorkspaces(event.change())) {
                if (event.change().typeId() == spec.typeId()) {
                    tracks.remove(ObjectKey.of(event.change()));
                }
                ends.add(new End(event, i));
                continue;
            }
            Track track = tracks.get(ObjectKey.of(event.change()));
            if (track == null) {
                tracks.put(ObjectKey.of(event.change()), new Track(event, i, spec.ownEpoch()));
            } else {
                track.add(event, i, spec.ownEpoch());
            }
        }
    }

    /** Returns how many of the changes come before the first one of an object that makes it too many bytes. */
    int changesWithin(int bytes) {
        long sum = 0;
        int told = 0;
        for (Track track : tracks.values()) {
            for (; told < ends.size() && ends.get(told).index < track.firstIndex; told++) {
                sum += ends.get(told).bytes(spec).size();
            }
            sum += track.bytes(this);
            if (sum > bytes) {
                return track.firstIndex;
            }
        }
        return changes;
    }

    /** Returns the events, in order of each object's last change. */
    Chunk chunk(long reached) {
        Chunk chunk = new Chunk(Chunk.Kind.PASS);
        List<Track> all = new ArrayList<>(tracks.values());
        all.sort(Comparator.comparingInt(track -> track.lastIndex));
        int told = 0;
        for (Track track : all) {
            while (told < ends.size() && ends.get(told).index < track.lastIndex) {
                add(ends.get(told++), chunk);
            }
            long position = spec.scope().positionOf(track.last.change());
            track.events(this).forEach(event -> chunk.add(event, track.last.path(), position));
        }
        ends.subList(told, ends.size()).forEach(end -> add(end, chunk));
        return chunk.reached(reached);
    }

    private void add(End end, Chunk chunk) {
        ByteString event = end.bytes(spec);
        if (!event.isEmpty()) {
            chunk.add(event, end.event.path(), spec.scope().positionOf(end.event.change()));
        }
    }

    /** The end of a workspace within the scope, among the changes. */
    private record End(SharedEvent event, int index) {
        /** Returns the event; empty where it went with a workspace above, whose own end is told instead. */
        ByteString bytes(WatchSpec spec) {
            try {
                return event.bytes(EventForm.COMMITTED, false);
            } catch (RefusedException e) {
                if (spec.passesOver(e)) {
                    return ByteString.EMPTY;
                }
                throw e;
            }
        }
    }

    /** What happened to the object of one name. */
    private static final class Track {
        private final SharedEvent first;
        private final int firstIndex;
        private SharedEvent last;
        private int lastIndex;
        private @Nullable SharedEvent deletion;
        private boolean echoes;
        private @Nullable List<ByteString> events;

        Track(SharedEvent first, int index, long ownEpoch) {
            this.first = first;
            this.firstIndex = index;
            this.last = first;
            this.echoes = true;
            add(first, index, ownEpoch);
        }

        void add(SharedEvent event, int index, long ownEpoch) {
            last = event;
            lastIndex = index;
            echoes = echoes && EventForm.isEcho(event.change(), ownEpoch);
            if (deletion == null && event.change().kind() == ChangeKind.DELETED) {
                deletion = event;
            }
        }

        long bytes(Conflation of) {
            return events(of).stream().mapToLong(ByteString::size).sum();
        }

        List<ByteString> events(Conflation of) {
            List<ByteString> known = events;
            if (known == null) {
                known = read(of);
                events = known;
                letGo();
            }
            return known;
        }

        private void letGo() {
            first.change().letGo();
            last.change().letGo();
            if (deletion != null) {
                deletion.change().letGo();
            }
        }

        private List<ByteString> read(Conflation of) {
            try {
                return conflate(of.filter, of.spec);
            } catch (RefusedException e) {
                if (of.spec.passesOver(e)) {
                    return List.of();
                }
                throw e;
            }
        }

        private List<ByteString> conflate(WatchFilter filter, WatchSpec spec) {
            boolean was = EventForm.matchedBefore(first.change(), filter);
            boolean is = last.change().kind() != ChangeKind.DELETED && EventForm.matchesNow(last.change(), filter);
            if (!was) {
                return is ? List.of(added()) : List.of();
            }
            if (!is) {
                return List.of(departure(filter));
            }
            if (isReplaced()) {
                return List.of(departure(filter), added());
            }
            return echoes ? List.of() : List.of(modified(spec.previous()));
        }

        private ByteString added() {
            boolean isNew = last.change().kind() == ChangeKind.ADDED;
            return last.bytes(isNew ? EventForm.COMMITTED : EventForm.ENTERED, false);
        }

        private ByteString modified(boolean previousWanted) {
            ChangeView change = last.change();
            if (!previousWanted || first == last) {
                return last.bytes(EventForm.COMMITTED, previousWanted);
            }
            return EventBytes.encode(
                    WatchEvent.MODIFIED_FIELD_NUMBER,
                    change.object(),
                    EventForm.stateBefore(first.change()),
                    change.revision());
        }

        private ByteString departure(WatchFilter filter) {
            SharedEvent gone = deletion;
            if (gone != null
                    && EventForm.matchesNow(gone.change(), filter)
                    && isOfFirst(gone.change().object())) {
                return gone.bytes(EventForm.COMMITTED, false);
            }
            return first == last
                    ? last.bytes(EventForm.LEFT, false)
                    : EventBytes.encode(
                            WatchEvent.LEFT_FIELD_NUMBER,
                            EventForm.stateBefore(first.change()),
                            last.change().revision());
        }

        private boolean isReplaced() {
            boolean isNew = last.change().kind() == ChangeKind.ADDED;
            return first != last && (isNew || !isOfFirst(last.change().object()));
        }

        private boolean isOfFirst(ByteString object) {
            ByteString before = EventForm.stateBefore(first.change());
            return ObjectUid.of(before).equals(ObjectUid.of(object));
        }
    }

    /**
     * What identifies an object in a scope.
     *
     * @param workspaceId internal id of its workspace
     * @param name its name
     */
    record ObjectKey(long workspaceId, String name) {
        static ObjectKey of(ChangeView change) {
            return new ObjectKey(change.workspaceId(), change.name());
        }
    }
}
