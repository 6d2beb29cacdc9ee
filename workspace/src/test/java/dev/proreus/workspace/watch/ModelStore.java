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
import dev.proreus.workspace.History;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.Selectable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The store as its contract describes it, held in lists: what tests write to, what the hub reads, and what its output
 * is checked against. Nothing can be read before {@link #raise} has published it. Thread-safe by one lock.
 */
final class ModelStore implements History, Heads {
    private final Map<Long, Line> lines = new HashMap<>();
    private final Map<ByteString, Object> parsed = new HashMap<>();
    private int chunkRows = 3;
    private int pageObjects = 2;
    private long sequence;
    private long reads;

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
        }
        line.committed = changes.isEmpty() ? line.committed : revision;
        return changes;
    }

    /** Publishes a workspace's head. */
    synchronized void raise(long workspaceId, long revision) {
        line(workspaceId).head = Math.max(line(workspaceId).head, revision);
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

    /** Returns how many reads there have been. */
    synchronized long reads() {
        return reads;
    }

    @Override
    public synchronized long published(long workspaceId) {
        return readable(workspaceId).head;
    }

    /** Returns the published head of a workspace, though it may be gone. */
    synchronized long head(long workspaceId) {
        return line(workspaceId).head;
    }

    @Override
    public synchronized Changes changes(
            long workspaceId, int typeId, @Nullable String name, long afterExclusive, long throughInclusive) {
        Line line = readable(workspaceId);
        reads++;
        line.check(afterExclusive, throughInclusive);
        List<Change> chunk = new ArrayList<>();
        for (Change change : line.log) {
            if (change.revision() <= afterExclusive || change.revision() > throughInclusive) {
                continue;
            }
            boolean border = chunk.isEmpty() || chunk.get(chunk.size() - 1).revision() != change.revision();
            if (chunk.size() >= chunkRows && border) {
                return new Changes(chunk, change.revision() - 1);
            }
            if (change.typeId() == typeId && (name == null || name.equals(change.name()))) {
                chunk.add(change);
            }
        }
        return new Changes(chunk, throughInclusive);
    }

    @Override
    public synchronized States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects) {
        Line line = readable(workspaceId);
        reads++;
        line.check(atRevision, atRevision);
        List<ObjectState> all = line.statesAt(typeId, atRevision).stream()
                .filter(state -> name == null || name.equals(state.name()))
                .filter(state -> afterName == null || state.name().compareTo(afterName) > 0)
                .toList();
        int page = Math.min(Math.min(maxObjects, pageObjects), all.size());
        return new States(all.subList(0, page), page < all.size());
    }

    /** Returns the state that a snapshot at a revision must show, as events in order of name. */
    synchronized List<WatchEvent> snapshot(WatchSpec spec, WatchFilter filter, long revision) {
        return line(spec.workspaceId()).statesAt(spec.typeId(), revision).stream()
                .filter(state -> filter.matches(state.selectable()))
                .map(state -> WatchEvent.newBuilder()
                        .setAdded(parse(state.object()))
                        .setRevision(state.revision())
                        .build())
                .toList();
    }

    /** Returns the events in (after, through] that a subscription must be given, judged by the states alone. */
    synchronized List<WatchEvent> events(WatchSpec spec, WatchFilter filter, long after, long through) {
        Line line = line(spec.workspaceId());
        List<WatchEvent> events = new ArrayList<>();
        for (Change change : line.log) {
            if (change.typeId() != spec.typeId() || change.revision() <= after || change.revision() > through) {
                continue;
            }
            Version before = line.at(change.typeId(), change.name(), change.revision() - 1);
            Version now = line.at(change.typeId(), change.name(), change.revision());
            boolean wasWanted = before != null && filter.matches(before.seen());
            boolean isWanted = now != null && filter.matches(now.seen());
            boolean echo = wasWanted && isWanted && change.statusOnly() && isOwn(change, spec);
            WatchEvent.Builder event = WatchEvent.newBuilder().setRevision(change.revision());
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

    private static boolean isOwn(Change change, WatchSpec spec) {
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
                        : object(revision, write, now.field(Filters.ASSIGNMENT)),
                now,
                now.equals(was) ? now : was,
                previous,
                write.reporterEpoch());
    }

    private static ByteString object(long revision, Write write, @Nullable String assignment) {
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
                .setMetadata(ObjectMeta.newBuilder().setName(write.name()).setResourceVersion(revision))
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
        private final List<Change> log = new ArrayList<>();
        private final Map<Key, TreeMap<Long, Optional<Version>>> versions = new HashMap<>();
        private long committed;
        private long head;
        private long floor;
        private boolean gone;

        void put(Change change, @Nullable Version now) {
            log.add(change);
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
