package dev.proreus.workspace.retention;

import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.SequenceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** The history of a few workspaces as a committer leaves it: rows in a store, and what is published of them. */
final class KeptHistory {
    static final int TYPE = 300;
    private static final UUID UID = new UUID(1, 1);

    final Store store = new MemoryStore();
    final Keys keys = Keys.ofShard(0);
    final WorkspaceTree tree = new WorkspaceTree();
    final LogSearch log = new LogSearch(keys, store);
    private final Map<Long, Long> written = new HashMap<>();
    private long sequence;

    /** Makes a workspace that keeps what the store does. */
    Workspace workspace(long id) {
        Workspace made = new Workspace(new Place("root" + id, id), UID, UID, Instant.EPOCH, Workspace.Progress.NONE);
        tree.add(made);
        return made;
    }

    /** Says what a workspace is to keep. */
    void keep(Workspace workspace, Retention own) {
        Workspace.Progress before = workspace.progress();
        publish(workspace, before.revision(), before.floor(), before.historyBytes(), own);
    }

    /** Commits a write of an object, which takes so many bytes of history. */
    void commit(Workspace workspace, Instant time, long bytes) {
        long revision = workspace.revision() + 1;
        commit(workspace, time, bytes, LogRow.Write.of(ChangeKind.MODIFIED, TYPE, "r1", UID, revision - 1, 1));
    }

    void commit(Workspace workspace, Instant time, long bytes, LogRow.Write... writes) {
        long revision = workspace.revision() + 1;
        long all = written.merge(workspace.id(), bytes, Long::sum);
        StoreBatch batch = new StoreBatch();
        sequence++;
        batch.put(
                Table.LOG,
                keys.log(workspace.id(), revision),
                new LogRow(sequence, time, List.of(writes), all).encode());
        for (LogRow.Write write : writes) {
            batch.put(Table.VERSION, keys.version(workspace.id(), write.typeId(), write.name(), revision), new byte[1]);
        }
        batch.put(
                Table.SEQUENCE,
                keys.sequence(sequence),
                new SequenceRow(time, List.of(new SequenceRow.Commit(workspace.id(), revision))).encode());
        store.write(batch);
        Workspace.Progress before = workspace.progress();
        publish(workspace, revision, before.floor(), before.historyBytes() + bytes, before.ownRetention());
    }

    /** Raises a floor, as the committer does when it is asked to. */
    void raise(Floor floor) {
        Workspace workspace = tree.byId(floor.workspaceId());
        if (workspace != null) {
            long left = written.getOrDefault(floor.workspaceId(), 0L) - floor.historyBytes();
            Retention own = workspace.ownRetention();
            publish(workspace, workspace.revision(), floor.revision(), left, own);
        }
    }

    private void publish(Workspace workspace, long revision, long floor, long bytes, Retention own) {
        tree.publish(
                workspace,
                new Workspace.Progress(
                        revision, Usage.NONE, Usage.NONE, 0, floor, 0, bytes, own, Quotas.UNLIMITED, null));
    }

    /** Returns the newest sequence. */
    long head() {
        return sequence;
    }

    /** Returns the sequences of which {@code seq} has rows. */
    List<Long> sequences() {
        List<Long> all = new ArrayList<>();
        each(
                Table.SEQUENCE,
                keys.ranges().sequencesFrom(0),
                key -> all.add(Keys.parseSequence(key).firstSequence()));
        return all;
    }

    /** Returns the revisions of which the log of a workspace has rows. */
    List<Long> logged(Workspace workspace) {
        List<Long> all = new ArrayList<>();
        KeyRange range = keys.ranges().log(workspace.id(), 0, workspace.revision());
        each(Table.LOG, range, key -> all.add(Keys.revisionOfLog(key)));
        return all;
    }

    /** Returns whether there is a version. */
    boolean hasVersion(Workspace workspace, String name, long revision) {
        return store.get(Table.VERSION, keys.version(workspace.id(), TYPE, name, revision)) != null;
    }

    private void each(Table table, KeyRange range, Consumer<byte[]> action) {
        try (Cursor cursor = store.cursor(table, range)) {
            for (; cursor.valid(); cursor.next()) {
                action.accept(cursor.key());
            }
        }
    }
}
