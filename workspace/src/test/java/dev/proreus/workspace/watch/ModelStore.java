package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.Selectable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The store as its contract describes it, held in lists: what tests write to, what the hub reads, and what its output
 * is checked against. Nothing can be read before {@link #raise} has published it. Thread-safe by one lock.
 */
final class ModelStore implements History, Heads {
    private final Map<Long, Line> lines = new HashMap<>();
    private final Map<ByteString, Object> parsed = new HashMap<>();
    static final long ROOT = 1_000;

    private final List<Change> log = new ArrayList<>();
    private final Map<Long, Place> places = new HashMap<>(Map.of(ROOT, new Place("root", ROOT)));
    private final Set<Integer> undefined = new HashSet<>();
    private int chunkRows = 3;
    private int pageObjects = 2;
    private long sequence;
    private long publishedSequence;
    private int untilThen;
    private Runnable then = () -> {};
    private long reads;
    private long logRows;

    /** Sets how much one read gives at most. */
    synchronized void chunks(int rows, int objects) {
        chunkRows = rows;
        pageObjects = objects;
    }

    /** Commits one command; what it changed is not published yet. Deletes of what is absent change nothing. */
    synchronized List<Change> commit(long workspaceId, List<Write> writes) {
        Line line = line(workspaceId);
        long revision = line.committed + 1;
        sequence++;
        List<Change> changes = new ArrayList<>();
        for (Write write : writes) {
            Version before = line.newest(write.typeId(), write.name());
            if (before == null && (write.delete() || write.reporterEpoch() != 0)) {
                continue;
            }
            Change change = change(workspaceId, revision, write, before);
            line.put(change, write.delete() ? null : new Version(revision, change.object(), change.now()));
            changes.add(change);
            log.add(change);
        }
        line.committed = changes.isEmpty() ? line.committed : revision;
        return changes;
    }

    /** Publishes a workspace's head. */
    synchronized void raise(long workspaceId, long revision) {
        line(workspaceId).head = Math.max(line(workspaceId).head, revision);
        for (int i = log.size() - 1; i >= 0 && log.get(i).sequence() > publishedSequence; i--) {
            Change change = log.get(i);
            if (change.workspaceId() == workspaceId && change.revision() <= revision) {
                publishedSequence = change.sequence();
            }
        }
    }

    synchronized void raiseFloor(long workspaceId, long revision) {
        line(workspaceId).floor = Math.max(line(workspaceId).floor, revision);
    }

    synchronized long nextSequence() {
        return ++sequence;
    }

    synchronized void delete(long workspaceId) {
        line(workspaceId).gone = true;
    }

    synchronized boolean isGone(long workspaceId) {
        return line(workspaceId).gone;
    }

    /** Takes a type's definition away; its objects must have gone. */
    synchronized void undefine(int typeId) {
        undefined.add(typeId);
    }

    @Override
    public synchronized boolean isDefined(int typeId) {
        return !undefined.contains(typeId);
    }

    /** Returns how many reads there have been. */
    synchronized long reads() {
        return reads;
    }

    @Override
    public synchronized long published(long workspaceId) {
        long told = readable(workspaceId).head;
        if (--untilThen == 0) {
            then.run();
        }
        return told;
    }

    /** Does something right after the head of a workspace was told so many times. */
    synchronized void onceHeadWasTold(int times, Runnable what) {
        untilThen = times;
        then = what;
    }

    /** Returns the published head of a workspace, though it may be gone. */
    synchronized long head(long workspaceId) {
        return line(workspaceId).head;
    }

    @Override
    public synchronized long floor(long workspaceId) {
        return line(workspaceId).floor;
    }

    @Override
    public long subtreeFloor(long topId) {
        return 0;
    }

    @Override
    public synchronized long publishedSequence() {
        return publishedSequence;
    }

    @Override
    public synchronized Place place(long workspaceId) {
        return places.computeIfAbsent(workspaceId, id -> new Place("root:w" + id, id, ROOT));
    }

    /** Puts a workspace below another than the root. */
    synchronized void nest(long workspaceId, long parentId) {
        places.put(workspaceId, place(parentId).child("w" + workspaceId, workspaceId));
    }

    /** Returns how far a scope has been published, though its workspace may be gone. */
    synchronized long head(Scope scope) {
        return scope instanceof Scope.Subtree ? publishedSequence : head(scope.workspaceId());
    }

    /** Returns how many changes of the log were handed out. */
    synchronized long logRows() {
        return logRows;
    }

    @Override
    public synchronized Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
        reads++;
        List<ChangeView> chunk = new ArrayList<>();
        long reached = afterExclusive;
        check(scope, afterExclusive, throughInclusive);
        for (Change change : log) {
            long position = scope.positionOf(change);
            boolean inside = scope.covers(change.workspaceId(), place(change.workspaceId()));
            if (!inside || position <= afterExclusive || position > throughInclusive) {
                continue;
            }
            if (chunk.size() >= Math.min(chunkRows, maxRows) && position != reached) {
                return new Log(chunk, reached);
            }
            chunk.add(change);
            logRows++;
            reached = position;
        }
        return new Log(chunk, throughInclusive);
    }

    @Override
    public synchronized Log versions(
            long workspaceId,
            int typeId,
            String name,
            long afterExclusive,
            long throughInclusive,
            boolean origins,
            int maxRows) {
        reads++;
        List<ChangeView> chunk = new ArrayList<>();
        check(new Scope.OneWorkspace(workspaceId), afterExclusive, throughInclusive);
        for (Change change : log) {
            boolean wanted = change.workspaceId() == workspaceId
                    && change.typeId() == typeId
                    && change.name().equals(name)
                    && change.revision() > afterExclusive
                    && change.revision() <= throughInclusive;
            if (wanted && chunk.size() >= Math.min(chunkRows, maxRows)) {
                return new Log(chunk, chunk.get(chunk.size() - 1).revision());
            }
            if (wanted) {
                chunk.add(change);
            }
        }
        return new Log(chunk, throughInclusive);
    }

    @Override
    public synchronized States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects,
            int maxBytes) {
        Line line = line(workspaceId);
        reads++;
        line.check(atRevision, atRevision);
        List<ObjectState> all = line.statesAt(typeId, atRevision).stream()
                .filter(state -> name == null || name.equals(state.name()))
                .filter(state -> afterName == null || state.name().compareTo(afterName) > 0)
                .toList();
        int page = Math.min(Math.min(maxObjects, pageObjects), all.size());
        return new States(all.subList(0, page), page < all.size());
    }

    @Override
    public synchronized SortedMap<Long, Long> revisions(Scope.Subtree scope, long position) {
        reads++;
        SortedMap<Long, Long> revisions = new TreeMap<>();
        for (Change change : log) {
            if (change.sequence() <= position && scope.covers(change.workspaceId(), place(change.workspaceId()))) {
                revisions.put(change.workspaceId(), change.revision());
            }
        }
        return revisions;
    }

    private void check(Scope scope, long after, long through) {
        if (scope instanceof Scope.OneWorkspace) {
            readable(scope.workspaceId()).check(after, through);
            return;
        }
        readable(scope.workspaceId());
        if (through > publishedSequence) {
            throw new AssertionError(through + " is asked for, published is " + publishedSequence);
        }
        for (Change change : log) {
            boolean wanted = change.sequence() > after
                    && change.sequence() <= through
                    && scope.covers(change.workspaceId(), place(change.workspaceId()));
            if (wanted && change.revision() <= line(change.workspaceId()).floor) {
                throw RefusedException.because(Reason.RESOURCE_VERSION_EXPIRED, "trimmed");
            }
        }
    }

    /** Returns all changes of a scope and type in (after, through], in order. */
    synchronized List<Change> changes(WatchSpec spec, long after, long through) {
        Scope scope = spec.scope();
        return log.stream()
                .filter(change -> change.typeId() == spec.typeId())
                .filter(change -> scope.covers(change.workspaceId(), place(change.workspaceId())))
                .filter(change -> scope.positionOf(change) > after && scope.positionOf(change) <= through)
                .toList();
    }

    /** Returns where an event of a workspace stands. */
    synchronized long positionOf(Scope scope, String workspace, long revision) {
        if (scope instanceof Scope.OneWorkspace) {
            return revision;
        }
        for (Change change : log) {
            if (change.revision() == revision
                    && place(change.workspaceId()).path().equals(workspace)) {
                return change.sequence();
            }
        }
        throw new AssertionError("no commit " + revision + " of " + workspace);
    }

    /** Returns an object as it stood at a position, or null. */
    synchronized @Nullable ObjectState stateAt(Scope scope, long workspaceId, int typeId, String name, long position) {
        long revision = scope instanceof Scope.OneWorkspace
                ? position
                : revisions((Scope.Subtree) scope, position).getOrDefault(workspaceId, 0L);
        Version version = line(workspaceId).at(typeId, name, revision);
        return version == null ? null : new ObjectState(name, version.revision(), version.object(), version.seen());
    }

    /** Returns what a subscription must see at a position, by workspace and then name. */
    synchronized Map<String, ObjectState> view(WatchSpec spec, WatchFilter filter, long position) {
        Map<String, ObjectState> view = new TreeMap<>();
        Map<Long, Long> revisions = spec.scope() instanceof Scope.Subtree subtree
                ? revisions(subtree, position)
                : Map.of(spec.workspaceId(), position);
        revisions.forEach((workspace, revision) -> line(workspace).statesAt(spec.typeId(), revision).stream()
                .filter(state -> filter.matches(state.selectable()))
                .forEach(state -> view.put(place(workspace).path() + "/" + state.name(), state)));
        return view;
    }

    synchronized Object parsed(ByteString bytes) {
        return parse(bytes);
    }

    /** Returns the state that a snapshot at a position must show, as events by workspace and name. */
    synchronized List<WatchEvent> snapshot(WatchSpec spec, WatchFilter filter, long position) {
        Map<Long, Long> revisions = spec.scope() instanceof Scope.Subtree subtree
                ? revisions(subtree, position)
                : Map.of(spec.workspaceId(), position);
        List<WatchEvent> events = new ArrayList<>();
        revisions.forEach((workspace, revision) -> line(workspace).statesAt(spec.typeId(), revision).stream()
                .filter(state -> filter.matches(state.selectable()))
                .forEach(state -> events.add(WatchEvent.newBuilder()
                        .setAdded(parse(state.object()))
                        .setRevision(state.revision())
                        .build())));
        return events;
    }

    /** Returns the events in (after, through] that a subscription must be given, judged by the states alone. */
    synchronized List<WatchEvent> events(WatchSpec spec, WatchFilter filter, long after, long through) {
        List<WatchEvent> events = new ArrayList<>();
        for (Change change : changes(spec, after, through)) {
            Line line = line(change.workspaceId());
            Version before = line.at(change.typeId(), change.name(), change.revision() - 1);
            Version now = line.at(change.typeId(), change.name(), change.revision());
            boolean wasWanted = before != null && filter.matches(before.seen());
            boolean isWanted = now != null && filter.matches(now.seen());
            boolean echo = wasWanted && isWanted && change.statusOnly() && isOwn(change, spec);
            WatchEvent.Builder event = WatchEvent.newBuilder().setRevision(change.revision());
            if (spec.previous() && isWanted && before != null) {
                event.setPrevious(parse(before.object()));
            }
            if (wasWanted && isWanted && !echo) {
                events.add(event.setModified(parse(change.object())).build());
            } else if (wasWanted && now == null) {
                events.add(event.setDeleted(parse(change.object())).build());
            } else if (wasWanted && before != null && !isWanted) {
                events.add(event.setLeft(parse(before.object())).build());
            } else if (!wasWanted && isWanted) {
                events.add(event.setAdded(parse(change.object())).build());
            }
        }
        return events;
    }

    static boolean isOwn(Change change, WatchSpec spec) {
        return spec.ownEpoch() != 0 && change.reporterEpoch() == spec.ownEpoch();
    }

    private Change change(long workspaceId, long revision, Write write, @Nullable Version before) {
        ChangeKind kind = before == null ? ChangeKind.ADDED : write.delete() ? ChangeKind.DELETED : ChangeKind.MODIFIED;
        Selectable was = before == null ? null : before.seen();
        Selectable wanted = Filters.state(write.name(), write.assignment());
        Selectable now = was != null && (write.delete() || write.reporterEpoch() != 0) ? was : wanted;
        ByteString previous = before == null || write.delete() ? null : before.object();
        return new Change(
                sequence,
                workspaceId,
                revision,
                write.typeId(),
                write.name(),
                kind,
                write.reporterEpoch() == 0 ? Sections.SPEC : Sections.STATUS,
                write.delete() && before != null
                        ? before.object()
                        : object(revision, write, now.field(Filters.ASSIGNMENT), uid(revision, before)),
                now,
                now.equals(was) ? now : was,
                previous,
                write.reporterEpoch());
    }

    private static String uid(long revision, @Nullable Version before) {
        return before == null ? "uid" + revision : ObjectUid.of(before.object()).toStringUtf8();
    }

    private static ByteString object(long revision, Write write, @Nullable String assignment, String uid) {
        Struct.Builder spec = Struct.newBuilder();
        if (assignment != null) {
            spec.putFields(
                    "agent", Value.newBuilder().setStringValue(assignment).build());
        }
        if (write.padding() > 0) {
            String padding = "x".repeat(write.padding());
            spec.putFields("padding", Value.newBuilder().setStringValue(padding).build());
        }
        return Object.newBuilder()
                .setKind("Robot")
                .setMetadata(ObjectMeta.newBuilder()
                        .setName(write.name())
                        .setUid(uid)
                        .setResourceVersion(revision))
                .setSpec(spec)
                .build()
                .toByteString();
    }

    private Object parse(ByteString bytes) {
        return parsed.computeIfAbsent(bytes, unparsed -> {
            try {
                return Object.parseFrom(unparsed);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Line line(long workspaceId) {
        return lines.computeIfAbsent(workspaceId, id -> new Line());
    }

    private Line readable(long workspaceId) {
        Line line = line(workspaceId);
        if (line.gone) {
            throw RefusedException.because(Reason.WORKSPACE_DELETED, "gone");
        }
        return line;
    }

    private record Version(long revision, ByteString object, Selectable seen) {}

    private record Key(int typeId, String name) {}

    /** One workspace's history. */
    private static final class Line {
        private final Map<Key, TreeMap<Long, Optional<Version>>> versions = new HashMap<>();
        private long committed;
        private long head;
        private long floor;
        private boolean gone;

        void put(Change change, @Nullable Version now) {
            versions.computeIfAbsent(new Key(change.typeId(), change.name()), key -> new TreeMap<>())
                    .put(change.revision(), Optional.ofNullable(now));
        }

        @Nullable
        Version newest(int typeId, String name) {
            return at(typeId, name, Long.MAX_VALUE);
        }

        @Nullable
        Version at(int typeId, String name, long revision) {
            TreeMap<Long, Optional<Version>> of = versions.get(new Key(typeId, name));
            Map.Entry<Long, Optional<Version>> entry = of == null ? null : of.floorEntry(revision);
            return entry == null ? null : entry.getValue().orElse(null);
        }

        List<ObjectState> statesAt(int typeId, long revision) {
            List<ObjectState> states = new ArrayList<>();
            for (Key key : versions.keySet()) {
                Version version = key.typeId() == typeId ? at(typeId, key.name(), revision) : null;
                if (version != null) {
                    states.add(new ObjectState(key.name(), version.revision(), version.object(), version.seen()));
                }
            }
            states.sort(Comparator.comparing(ObjectState::name));
            return states;
        }

        void check(long from, long through) {
            if (through > head) {
                throw new AssertionError("revision " + through + " is asked for, published is " + head);
            }
            if (from < floor) {
                throw RefusedException.because(Reason.RESOURCE_VERSION_EXPIRED, from + " lies below " + floor);
            }
        }
    }
}
