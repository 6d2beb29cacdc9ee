package dev.proreus.workspace.commit;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.SequenceRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.type.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One commit batch in the making: the rows to write, the objects as it leaves them, and what is to be published once it
 * is durable. Commands are judged before they touch it, so that a refused one leaves no trace.
 */
final class Batch {
    /**
     * Bytes written and read after which no further command is taken in: well below what a store's batch holds, and
     * what the objects that commands look at may take in memory.
     */
    static final int FULL_BYTES = 8 << 20;

    private final Keys keys;
    private final Store store;
    private final State state;
    private final StoreBatch rows = new StoreBatch();
    private final Map<ObjectKey, Optional<Stored>> overlay = new HashMap<>();
    private final List<SequenceRow.Commit> commits = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();
    private final List<Runnable> effects = new ArrayList<>();
    private final Set<WorkspaceState> touched = new LinkedHashSet<>();
    private final long firstSequence;
    private Instant logTime;
    private int loadedBytes;

    Batch(Keys keys, Store store, State state) {
        this.keys = keys;
        this.store = store;
        this.state = state;
        this.firstSequence = state.applied.sequence() + 1;
        this.logTime = state.applied.logTime();
    }

    /** Returns an object as the commands before left it, or null where there is none. */
    @Nullable
    Stored find(long workspaceId, int typeId, String name) {
        ObjectKey key = new ObjectKey(workspaceId, typeId, name);
        Optional<Stored> known = overlay.get(key);
        if (known == null) {
            known = Optional.ofNullable(load(key));
            overlay.put(key, known);
        }
        return known.orElse(null);
    }

    private @Nullable Stored load(ObjectKey key) {
        byte[] head = store.get(Table.HEAD, keys.head(key.workspaceId, key.typeId, key.name));
        if (head == null) {
            return null;
        }
        HeadRow row = HeadRow.decode(head);
        byte[] version = store.get(Table.VERSION, keys.version(key.workspaceId, key.typeId, key.name, row.revision()));
        if (version == null || !(VersionRow.decode(version) instanceof VersionRow.State body)) {
            throw new StoreCorruptException(
                    "the head of " + key.name + " names revision " + row.revision() + ", of which there is no version",
                    null);
        }
        loadedBytes += body.object().size();
        return new Stored(row, body.owners(), body.object());
    }

    /** Returns whether objects of a type exist in a workspace, as the commands before left it. */
    boolean hasObjects(long workspaceId, int typeId) {
        for (Map.Entry<ObjectKey, Optional<Stored>> entry : overlay.entrySet()) {
            ObjectKey key = entry.getKey();
            if (key.workspaceId == workspaceId
                    && key.typeId == typeId
                    && entry.getValue().isPresent()) {
                return true;
            }
        }
        try (var cursor = store.cursor(Table.HEAD, keys.ranges().objects(workspaceId, typeId))) {
            for (; cursor.valid(); cursor.next()) {
                String name = Keys.parseHead(cursor.key()).name();
                Optional<Stored> known = overlay.get(new ObjectKey(workspaceId, typeId, name));
                if (known == null || known.isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Commits mutations together, at the workspace's next revision and one sequence. */
    void commit(WorkspaceState workspace, List<Mutation> mutations, Instant time) {
        long sequence = state.takeSequence();
        logTime = time.isAfter(logTime) ? time : logTime;
        workspace.advance(mutations);
        touched.add(workspace);
        long revision = workspace.revision();
        commits.add(new SequenceRow.Commit(workspace.id(), revision));
        List<LogRow.Write> writes = new ArrayList<>(mutations.size());
        for (Mutation mutation : mutations) {
            writes.add(write(workspace.id(), revision, mutation));
            overlay.put(
                    new ObjectKey(workspace.id(), mutation.type().id(), mutation.name()),
                    Optional.ofNullable(mutation.next()));
            publications.add(change(workspace.id(), revision, sequence, mutation));
        }
        rows.put(Table.LOG, keys.log(workspace.id(), revision), new LogRow(sequence, time, writes).encode());
    }

    /** Writes what one mutation leaves of an object; returns its share of the log row. */
    private LogRow.Write write(long workspaceId, long revision, Mutation mutation) {
        int typeId = mutation.type().id();
        String name = mutation.name();
        Stored previous = mutation.previous();
        Stored next = mutation.next();
        long previousRevision = previous == null ? 0 : previous.head().revision();
        byte[] head = keys.head(workspaceId, typeId, name);
        byte[] version = keys.version(workspaceId, typeId, name, revision);
        if (next == null) {
            rows.delete(Table.HEAD, head);
            rows.put(Table.VERSION, version, new VersionRow.Tombstone(mutation.uid(), previousRevision).encode());
        } else {
            rows.put(Table.HEAD, head, next.head().encode());
            rows.put(Table.VERSION, version, new VersionRow.State(next.owners(), next.object()).encode());
        }
        return LogRow.Write.of(mutation.kind(), typeId, name, mutation.uid(), previousRevision, mutation.sections());
    }

    private static Change change(long workspaceId, long revision, long sequence, Mutation mutation) {
        Stored previous = mutation.previous();
        Stored next = mutation.next();
        String before = assignment(mutation, previous);
        String now = next == null ? before : assignment(mutation, next);
        boolean moved = next != null && !Objects.equals(before, now);
        return new Change(
                sequence,
                workspaceId,
                revision,
                mutation.type().id(),
                mutation.name(),
                mutation.kind(),
                mutation.sections(),
                mutation.shown().object(),
                now,
                before,
                moved && previous != null ? previous.object() : null,
                mutation.reporterEpoch());
    }

    private static @Nullable String assignment(Mutation mutation, @Nullable Stored stored) {
        boolean assigned = stored != null && !mutation.type().assignmentField().isEmpty();
        return stored == null || !assigned
                ? null
                : Assignment.of(mutation.type(), stored.sections().spec());
    }

    /** Adds a row of the {@code meta} table. */
    void putMeta(byte[] key, byte[] value) {
        rows.put(Table.META, key, value);
    }

    void deleteMeta(byte[] key) {
        rows.delete(Table.META, key);
    }

    /** Adds a workspace to those whose row is written. */
    void touch(WorkspaceState workspace) {
        touched.add(workspace);
    }

    /** Adds something to do once the batch is durable, before the revisions are raised for readers. */
    void whenDurable(Runnable effect) {
        effects.add(effect);
    }

    /** Adds something that watches must see, after the changes so far. */
    void publish(Publication publication) {
        publications.add(publication);
    }

    boolean isFull() {
        return rows.bytes() + loadedBytes >= FULL_BYTES || commits.size() >= Limits.BATCH_COMMANDS;
    }

    boolean isEmpty() {
        return commits.isEmpty();
    }

    /** Closes the batch: adds the rows that it writes once, and returns it all. */
    StoreBatch seal() {
        for (WorkspaceState workspace : touched) {
            rows.put(Table.META, keys.workspace(workspace.id()), workspace.row().encode());
        }
        AppliedRow before = state.applied;
        AppliedRow.Position position = new AppliedRow.Position(
                before.position().term(), before.position().index() + 1);
        state.applied = new AppliedRow(
                position, before.sequence(), logTime, before.epoch(), before.nextWorkspaceId(), before.nextTypeId());
        rows.put(Table.META, keys.applied(), state.applied.encode());
        rows.put(Table.SEQUENCE, keys.sequence(firstSequence), new SequenceRow(logTime, commits).encode());
        return rows;
    }

    List<Runnable> effects() {
        return effects;
    }

    List<Publication> publications() {
        return publications;
    }

    Set<WorkspaceState> touched() {
        return touched;
    }

    private record ObjectKey(long workspaceId, int typeId, String name) {}
}
