package dev.proreus.workspace.simulation;

import com.google.protobuf.ByteString;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.State;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what really happened, out of the batches that are on the disk when all is over, whatever was trimmed
 * since: the final history that the validators hold everything against. It shares nothing with the engine but the form
 * of the rows.
 */
final class Audit {
    private static final int FIRST_USER_TYPE = 256;

    private final World world;
    private final Map<Long, WorkspaceRow> workspaces = new TreeMap<>();
    private final Map<Long, List<Message>> told = new TreeMap<>();
    private final Map<Long, Long> heads = new HashMap<>();
    private final Map<String, State> newest = new HashMap<>();
    private final Map<String, Long> homes = new HashMap<>();
    private final Endings endings;
    private long now;

    private Audit(World world) {
        this.world = world;
        this.endings = new Endings(world, workspaces);
    }

    /** Adds to the recording the final history of each workspace that there ever was. */
    static void record(World world) {
        new Audit(world).read();
    }

    private void read() {
        now = world.scribe().now();
        List<StoreBatch> log = world.disk().log();
        Counts counts = new Counts(world, workspaces);
        for (int place = 0; place < log.size(); place++) {
            Map<ByteString, byte[]> versions = new HashMap<>();
            Map<ByteString, byte[]> commits = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
            for (StoreBatch.Operation each : log.get(place)) {
                byte[] value = each.value();
                if (value != null) {
                    row(each.table(), ByteString.copyFrom(each.key()), value, versions, commits);
                }
            }
            commits.forEach((key, row) -> commit(Keys.parseLog(key.toByteArray()), LogRow.decode(row), versions));
            counts.after(place);
            endings.afterBatch();
        }
        counts.atEnd(heads);
        workspaces.keySet().forEach(this::write);
        endings.record();
        world.watches().departures().require(world, endings.all(), endings::isWithin, endings::endOf, this::endOf);
    }

    private long endOf(String uid) {
        Long home = homes.get(uid);
        return home == null ? Long.MAX_VALUE : endings.endOf(home);
    }

    private void row(
            Table table,
            ByteString key,
            byte[] value,
            Map<ByteString, byte[]> versions,
            Map<ByteString, byte[]> commits) {
        switch (table) {
            case VERSION -> versions.put(key, value);
            case LOG -> commits.put(key, value);
            case META -> {
                if (Keys.parseMeta(key.toByteArray()) instanceof StoredKey.Workspace workspace) {
                    workspaces.put(workspace.workspaceId(), WorkspaceRow.decode(value));
                }
            }
            default -> {}
        }
    }

    private void commit(StoredKey.Log key, LogRow row, Map<ByteString, byte[]> versions) {
        long id = key.workspaceId();
        heads.merge(id, key.revision(), Math::max);
        List<Event> events = new ArrayList<>();
        endings.commit(id, key.revision(), row);
        for (LogRow.Write write : row.writes()) {
            if (write.typeId() >= FIRST_USER_TYPE) {
                byte[] version = versions.get(
                        ByteString.copyFrom(world.keys().version(id, write.typeId(), write.name(), key.revision())));
                Event event = version == null ? null : event(id, write, key.revision(), VersionRow.decode(version));
                if (event != null) {
                    events.add(event);
                }
            }
        }
        if (!events.isEmpty()) {
            told.computeIfAbsent(id, any -> new ArrayList<>()).add(new Message(now, 0, events, null));
        }
    }

    private @Nullable Event event(long id, LogRow.Write write, long revision, VersionRow version) {
        String key = id + "/" + write.name();
        if (version instanceof VersionRow.State state) {
            State after = world.scribe().state(name(id), World.TYPE, state.object());
            homes.put(after.uid(), id);
            Event.Kind kind = newest.put(key, after) == null ? Event.Kind.ADDED : Event.Kind.MODIFIED;
            return new Event(kind, after, null, revision, 0);
        }
        State last = newest.remove(key);
        return last == null ? null : new Event(Event.Kind.DELETED, last, null, revision, 0);
    }

    private String name(long id) {
        return world.workspaceNames().of(id, workspaces);
    }

    private void write(long id) {
        Interest interest =
                Interest.inEvery(name(id), World.TYPE).startedAfter(0).asAudit();
        RecordedWatch watch = world.scribe().recording().open(now, interest);
        told.getOrDefault(id, List.of())
                .forEach(message -> world.scribe().recording().add(watch, message));
        Message.Mark end = new Message.Mark(heads.getOrDefault(id, 0L), false);
        world.scribe().recording().add(watch, new Message(now, 0, List.of(), end));
    }
}
