package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.canonical.ObjectSections;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One commit batch in the making: the rows to write, the objects as it leaves them, and what is to be published once it
 * is durable. A mutation is checked whole before it touches anything, so that a refused command leaves no trace.
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

    /**
     * Commits one mutation at the workspace's next revision.
     *
     * @return the object's wire bytes now; for a delete as it last was
     */
    ByteString commit(WorkspaceState workspace, Mutation mutation, Instant time) {
        long revision = workspace.revision() + 1;
        Stored next = mutation.next() == null ? null : stored(mutation, mutation.next(), revision);
        Stored previous = mutation.previous();
        long sequence = state.takeSequence();
        logTime = time.isAfter(logTime) ? time : logTime;
        Change change = change(workspace.id(), revision, sequence, mutation, next);
        long historyBytes = writeRows(workspace, change, mutation, next, time);
        workspace.advance(
                (next == null ? 0 : 1) - (previous == null ? 0 : 1), size(next) - size(previous), historyBytes);
        touched.add(workspace);
        commits.add(new SequenceRow.Commit(workspace.id(), revision));
        overlay.put(new ObjectKey(workspace.id(), mutation.type().id(), mutation.name()), Optional.ofNullable(next));
        publications.add(change);
        return change.object();
    }

    private static Stored stored(Mutation mutation, ObjectSections next, long revision) {
        ByteString bytes =
                next.withMetadata(next.metadata().withResourceVersion(revision)).encode();
        if (bytes.size() > Limits.OBJECT_BYTES) {
            throw RefusedException.invalid(
                    Reason.INVALID_OBJECT,
                    "object " + mutation.name() + " is too large",
                    List.of(new FieldViolation(
                            "object",
                            "would take " + bytes.size() + " bytes; at most " + Limits.OBJECT_BYTES + " are allowed")));
        }
        HeadRow head = new HeadRow(revision, mutation.uid(), next.metadata().generation(), bytes.size());
        return new Stored(head, ByteString.copyFromUtf8(mutation.manager()), bytes);
    }

    /** Adds the rows of a mutation; returns the bytes of history that the workspace has then written. */
    private long writeRows(
            WorkspaceState workspace, Change change, Mutation mutation, @Nullable Stored next, Instant time) {
        long workspaceId = change.workspaceId();
        long revision = change.revision();
        int typeId = change.typeId();
        String name = change.name();
        Stored previous = mutation.previous();
        long previousRevision = previous == null ? 0 : previous.head().revision();
        byte[] head = keys.head(workspaceId, typeId, name);
        byte[] version = keys.version(workspaceId, typeId, name, revision);
        VersionRow body;
        if (next == null) {
            rows.delete(Table.HEAD, head);
            body = new VersionRow.Tombstone(mutation.uid(), previousRevision);
        } else {
            rows.put(Table.HEAD, head, next.head().encode());
            body = new VersionRow.State(next.owners(), next.object());
        }
        byte[] bodyBytes = body.encode();
        rows.put(Table.VERSION, version, bodyBytes);
        List<LogRow.Write> writes = List.of(logged(change, mutation, previousRevision));
        long historyBytes =
                workspace.row().history().bytes() + version.length + bodyBytes.length + LogRow.weight(writes);
        LogRow row = new LogRow(change.sequence(), time, writes, historyBytes);
        rows.put(Table.LOG, keys.log(workspaceId, revision), row.encode());
        return historyBytes;
    }

    private static LogRow.Write logged(Change change, Mutation mutation, long previousRevision) {
        TermHashes now =
                mutation.next() == null ? TermHashes.NONE : change.now().terms();
        Selectable before = change.before();
        return new LogRow.Write(
                mutation.kind(),
                change.typeId(),
                change.name(),
                mutation.uid(),
                previousRevision,
                mutation.sections(),
                now.atMost(Limits.LOGGED_TERMS),
                (before == null ? TermHashes.NONE : before.terms().without(now)).atMost(Limits.LOGGED_TERMS),
                "");
    }

    private static Change change(
            long workspaceId, long revision, long sequence, Mutation mutation, @Nullable Stored next) {
        Stored previous = mutation.previous();
        Selectable before = previous == null ? null : selectable(mutation, previous);
        Selectable after = next == null ? before : selectable(mutation, next);
        Selectable now = after == null ? Selectable.named(mutation.name()) : after;
        ByteString object = next != null ? next.object() : previous != null ? previous.object() : ByteString.EMPTY;
        return new Change(
                sequence,
                workspaceId,
                revision,
                mutation.type().id(),
                mutation.name(),
                mutation.kind(),
                mutation.sections(),
                object,
                now,
                before == null ? null : before.sharing(now),
                next != null && previous != null ? previous.object() : null,
                mutation.reporterEpoch());
    }

    private static Selectable selectable(Mutation mutation, Stored stored) {
        return mutation.type().fields().selectable(mutation.name(), stored.object());
    }

    private static long size(@Nullable Stored stored) {
        return stored == null ? 0 : stored.head().objectBytes();
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
        return commits.isEmpty() && touched.isEmpty();
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
        if (!commits.isEmpty()) {
            rows.put(Table.SEQUENCE, keys.sequence(firstSequence), new SequenceRow(logTime, commits).encode());
        }
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
