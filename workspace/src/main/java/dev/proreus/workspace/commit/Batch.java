package dev.proreus.workspace.commit;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.cache.NewestObject.Seen;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.SequenceRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.tree.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final State state;
    private final Overlay objects;
    private final StoreBatch rows = new StoreBatch();
    private final List<SequenceRow.Commit> commits = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();
    private final List<Runnable> effects = new ArrayList<>();
    private final Set<WorkspaceState> touched = new LinkedHashSet<>();
    private final long firstSequence;
    private Instant logTime;

    Batch(Keys keys, State state, Overlay objects) {
        this.keys = keys;
        this.state = state;
        this.objects = objects;
        this.firstSequence = state.applied.sequence() + 1;
        this.logTime = state.applied.logTime();
    }

    /** Returns an object as the commands before left it, or null where there is none. */
    @Nullable
    Stored find(long workspaceId, int typeId, String name) {
        return objects.find(workspaceId, typeId, name);
    }

    /** Returns whether objects of a type exist in any of some workspaces, as the commands before left them. */
    boolean hasObjects(Set<Long> workspaceIds, int typeId) {
        return objects.has(workspaceIds, typeId);
    }

    /** Returns when a command takes place: when it was made, or where the clock went back, at the newest commit. */
    Instant notBeforeLog(Instant time) {
        return time.isAfter(logTime) ? time : logTime;
    }

    /** Commits mutations together, at the workspace's next revision and one sequence. */
    void commit(WorkspaceState workspace, List<Mutation> mutations, Instant time) {
        long sequence = state.takeSequence();
        logTime = notBeforeLog(time);
        long revision = workspace.revision() + 1;
        commits.add(new SequenceRow.Commit(workspace.id(), revision));
        List<LogRow.Write> writes = new ArrayList<>(mutations.size());
        long historyBytes = workspace.row().history().bytes();
        for (Mutation mutation : mutations) {
            Seen before = seenBefore(workspace.id(), mutation);
            Seen after = seenAfter(mutation, before);
            Change change = change(workspace.id(), revision, sequence, mutation, before, after);
            historyBytes += write(change, mutation);
            writes.add(logged(change, mutation));
            objects.put(workspace.id(), mutation.type().id(), change.name(), mutation.next(), after);
            publications.add(change);
        }
        historyBytes += LogRow.weight(writes);
        workspace.advance(mutations, historyBytes);
        touched.add(workspace);
        rows.put(
                Table.LOG,
                keys.log(workspace.id(), revision),
                new LogRow(sequence, logTime, writes, historyBytes).encode());
    }

    /** Writes what one mutation leaves of an object; returns the bytes of history that this takes. */
    private long write(Change change, Mutation mutation) {
        int typeId = change.typeId();
        String name = change.name();
        Stored previous = mutation.previous();
        Stored next = mutation.next();
        long previousRevision = previous == null ? 0 : previous.head().revision();
        byte[] head = keys.head(change.workspaceId(), typeId, name);
        byte[] version = keys.version(change.workspaceId(), typeId, name, change.revision());
        VersionRow body;
        if (next == null) {
            rows.delete(Table.HEAD, head);
            body = new VersionRow.Tombstone(mutation.uid(), previousRevision);
        } else {
            rows.put(Table.HEAD, head, next.head().encode());
            body = new VersionRow.State(next.owners(), next.object());
        }
        byte[] bytes = body.encode();
        rows.put(Table.VERSION, version, bytes);
        return (long) version.length + bytes.length;
    }

    private static LogRow.Write logged(Change change, Mutation mutation) {
        Stored previous = mutation.previous();
        long previousRevision = previous == null ? 0 : previous.head().revision();
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
                "",
                mutation.reporterEpoch());
    }

    private @Nullable Seen seenBefore(long workspaceId, Mutation mutation) {
        Stored previous = mutation.previous();
        return previous == null ? null : objects.seen(workspaceId, mutation.type(), mutation.name(), previous);
    }

    private static @Nullable Seen seenAfter(Mutation mutation, @Nullable Seen before) {
        Stored next = mutation.next();
        return next == null
                ? null
                : Seen.of(next.object(), mutation.type().fields(), mutation.name())
                        .sharing(before);
    }

    private static Change change(
            long workspaceId,
            long revision,
            long sequence,
            Mutation mutation,
            @Nullable Seen before,
            @Nullable Seen after) {
        Stored previous = mutation.previous();
        Seen shown = after == null ? before : after;
        Selectable now = shown == null ? Selectable.named(mutation.name()) : shown.selectable();
        return new Change(
                sequence,
                workspaceId,
                revision,
                mutation.type().id(),
                now.name(),
                mutation.kind(),
                mutation.sections(),
                mutation.shown().object(),
                now,
                before == null ? null : before.selectable(),
                mutation.next() != null && previous != null ? previous.object() : null,
                mutation.reporterEpoch());
    }

    /** Adds a row that stands beside those of objects. */
    void put(Table table, byte[] key, byte[] value) {
        rows.put(table, key, value);
    }

    /** Removes such a row. */
    void delete(Table table, byte[] key) {
        rows.delete(table, key);
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

    /** Returns whether nothing has changed. */
    boolean isEmpty() {
        return commits.isEmpty() && touched.isEmpty();
    }

    /** Returns the time of its newest commit, or where there is none, of the newest before. */
    Instant logTime() {
        return logTime;
    }

    boolean isFull() {
        return rows.bytes() + objects.loadedBytes() >= FULL_BYTES || commits.size() >= Limits.BATCH_COMMANDS;
    }

    /** Closes the batch: adds the rows that it writes once, and returns it all, apart from the state that goes on. */
    Sealed seal() {
        if (isEmpty()) {
            return new Sealed(new StoreBatch(), List.of(), List.of(), List.of());
        }
        whenDurable(objects::show);
        List<Raised> raised = new ArrayList<>();
        for (WorkspaceState workspace : touched) {
            rows.put(Table.META, keys.workspace(workspace.id()), workspace.row().encode());
        }
        for (WorkspaceState workspace : touchedSubtrees()) {
            raised.add(new Raised(workspace.id(), workspace.progress()));
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
        return new Sealed(rows, effects, raised, publications);
    }

    /** Returns the workspaces that were touched and those above them, whose subtrees were. */
    private Set<WorkspaceState> touchedSubtrees() {
        Set<WorkspaceState> all = new LinkedHashSet<>(touched);
        for (WorkspaceState workspace : touched) {
            for (WorkspaceState above = workspace.parent(); above != null; above = above.parent()) {
                all.add(above);
            }
        }
        return all;
    }

    /**
     * A batch as it is written and published, while the next one changes the state already.
     *
     * @param rows what to write; empty where nothing happened
     * @param effects what to do once that is durable, before the revisions are raised for readers
     * @param raised the workspaces that it changed
     * @param publications what watches must see
     */
    record Sealed(StoreBatch rows, List<Runnable> effects, List<Raised> raised, List<Publication> publications) {
        boolean isEmpty() {
            return rows.isEmpty();
        }
    }

    /**
     * What readers are to see of a workspace that a batch changed.
     *
     * @param workspaceId its internal id
     * @param progress how far it has come
     */
    record Raised(long workspaceId, Workspace.Progress progress) {}
}
