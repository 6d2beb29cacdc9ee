package dev.proreus.workspace.read;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.cache.BodyCache;
import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StructWriter;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.SequenceRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.type.DeclaredFields;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.type.TypeNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A small store of history, row by row, and a reader of it. Commits are one batch each. */
final class HistoryRows {
    static final int ROBOTS = 300;
    static final long ROOT = 1;
    static final long ACME = 2;
    static final long BERLIN = 3;
    static final long OTHER = 4;

    private static final UUID UID = new UUID(1, 1);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final Store store = new MemoryStore();
    final Keys keys = Keys.ofShard(0);
    final Map<Long, Long> floors = new HashMap<>(Map.of(ROOT, 0L, ACME, 0L, BERLIN, 0L, OTHER, 0L));
    final Map<Long, Place> places = new HashMap<>();
    final FloorLookup lookup = new FloorLookup(floors::get, places::get);
    final ObjectCache newest = new ObjectCache(4 << 20, Instrumentation.none());
    final BodyCache bodies = new BodyCache(4 << 20, Instrumentation.none());
    final ObjectReader reader;
    private final Map<Long, Long> revisions = new HashMap<>();
    private final Map<String, Long> previous = new HashMap<>();
    private long sequence;

    /** @param fieldsSince the sequence at which the one type declared its fields */
    HistoryRows(long fieldsSince) {
        TypeDefinition robots = new TypeDefinition(
                ROBOTS,
                UID,
                1,
                "root",
                1,
                new TypeNames("fleet.example.com", "robots", "robot", "Robot", List.of()),
                List.of(new TypeDefinition.Version("v1", "")),
                List.of(),
                new DeclaredFields(List.of("spec.target"), "", fieldsSince),
                true);
        reader = new ObjectReader(store, keys, id -> id == ROBOTS ? robots : null, places::get, lookup, newest, bodies);
        Place root = new Place("root", ROOT);
        Place acme = root.child("acme", ACME);
        places.putAll(Map.of(
                ROOT, root, ACME, acme, BERLIN, acme.child("berlin", BERLIN), OTHER, root.child("other", OTHER)));
    }

    /** Commits what an object becomes. */
    long put(long workspaceId, String name, int target) {
        return put(workspaceId, name, object(name, target));
    }

    /** Commits what an object becomes, as any bytes. */
    long put(long workspaceId, String name, ByteString object) {
        long revision = revision(workspaceId);
        Long before = previous.put(workspaceId + name, revision);
        ChangeKind kind = before == null ? ChangeKind.ADDED : ChangeKind.MODIFIED;
        VersionRow state = new VersionRow.State(ByteString.copyFromUtf8("test"), object);
        return commit(workspaceId, revision, name, kind, before == null ? 0 : before, state);
    }

    /** Commits that an object goes. */
    long delete(long workspaceId, String name) {
        long revision = revision(workspaceId);
        long before = Objects.requireNonNull(previous.remove(workspaceId + name));
        VersionRow tombstone = new VersionRow.Tombstone(UID, before);
        return commit(workspaceId, revision, name, ChangeKind.DELETED, before, tombstone);
    }

    /** Commits an object to each of some workspaces, as one batch. */
    void putTogether(long... workspaceIds) {
        long first = sequence + 1;
        List<SequenceRow.Commit> commits = new ArrayList<>();
        for (long id : workspaceIds) {
            commits.add(new SequenceRow.Commit(id, put(id, "together", 1)));
            lose(Table.SEQUENCE, keys.sequence(sequence));
        }
        StoreBatch batch = new StoreBatch();
        batch.put(Table.SEQUENCE, keys.sequence(first), new SequenceRow(NOW, commits).encode());
        store.write(batch);
    }

    private long commit(
            long workspaceId, long revision, String name, ChangeKind kind, long before, VersionRow version) {
        sequence++;
        LogRow.Write write = new LogRow.Write(
                kind,
                ROBOTS,
                name,
                UID,
                before,
                Sections.SPEC,
                TermHashes.NONE,
                TermHashes.NONE,
                "",
                kind == ChangeKind.MODIFIED ? 9 : 0);
        StoreBatch batch = new StoreBatch();
        batch.put(Table.VERSION, keys.version(workspaceId, ROBOTS, name, revision), version.encode());
        batch.put(
                Table.LOG,
                keys.log(workspaceId, revision),
                new LogRow(sequence, NOW, List.of(write), 10 * revision).encode());
        batch.put(
                Table.SEQUENCE,
                keys.sequence(sequence),
                new SequenceRow(NOW, List.of(new SequenceRow.Commit(workspaceId, revision))).encode());
        batch.put(
                Table.META,
                keys.applied(),
                new AppliedRow(new AppliedRow.Position(1, sequence), sequence, NOW, 1, 9, 400).encode());
        store.write(batch);
        workspace(workspaceId, WorkspaceRow.Life.ACTIVE);
        return revision;
    }

    private long revision(long workspaceId) {
        return revisions.merge(workspaceId, 1L, Long::sum);
    }

    /** Writes the row of a workspace, as its newest revision leaves it. */
    void workspace(long id, WorkspaceRow.Life life) {
        String path = Objects.requireNonNull(places.get(id)).path();
        long parent = id == ROOT ? 0 : id == BERLIN ? ACME : ROOT;
        WorkspaceRow row = new WorkspaceRow(
                new WorkspaceRow.Identity(UID, parent, path.substring(path.lastIndexOf(':') + 1), UID, NOW),
                life,
                revisions.getOrDefault(id, 0L),
                Usage.NONE,
                WorkspaceRow.History.NONE,
                0,
                0,
                Quotas.UNLIMITED);
        StoreBatch batch = new StoreBatch();
        batch.put(Table.META, keys.workspace(id), row.encode());
        store.write(batch);
    }

    /** Takes a row away, as trimming does or damage. */
    void lose(Table table, byte[] key) {
        StoreBatch batch = new StoreBatch();
        batch.delete(table, key);
        store.write(batch);
    }

    long sequence() {
        return sequence;
    }

    static ByteString object(String name, int target) {
        return new ObjectSections(
                        "fleet.example.com/v1",
                        "Robot",
                        MetaSections.EMPTY.withName(name),
                        StructWriter.write(Map.of("target", target)),
                        null)
                .encode();
    }
}
