package dev.proreus.workspace.check;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a start looks at before anything is served: the rows of all workspaces and types and the applied mark, which are
 * read here, then the newest commits with all that they wrote. That is where a crash or a cut copy leaves its traces;
 * the rest is for {@link StoreCheck}. Bounded, so that a large store starts as quickly as a small one.
 */
public final class StartCheck {
    /** Newest sequences that are looked at: some seconds of a busy store. */
    static final int SEQUENCES = 10_000;

    /** Objects that these commits wrote which are looked at, the newest first: a fraction of a second. */
    static final int OBJECTS = 2_000;

    /** Bytes of these objects, for the same reason. */
    static final long BYTES = 32L << 20;

    /** Writes in the rows of the log that are kept meanwhile: some MiB. What lies before them is read again. */
    static final int KEPT_WRITES = 32_768;

    private final Inspection in;
    private final List<Commit> commits = new ArrayList<>();
    private final Set<Long> workspaces = new HashSet<>();
    private final Set<ObjectKey> objects = new HashSet<>();
    private int firstKept;
    private int keptWrites;

    private record ObjectKey(long workspaceId, int typeId, String name) {}

    /** A commit, and its row of the log as long as that is kept. */
    private record Commit(
            long workspaceId,
            WorkspaceRow workspace,
            long revision,
            @Nullable LogRow row) {}

    private StartCheck(Inspection in) {
        this.in = in;
    }

    /**
     * Looks at the rows of a store that says how far it has come.
     *
     * @return what looks at the rest; empty of a fresh store, in which there is nothing to look at
     * @throws StoreCorruptException at the first fault; the message names it
     */
    public static Optional<StartCheck> ofRows(Keys keys, Store store) {
        MetaRows meta = MetaRows.read(store, StartCheck::refuse);
        AppliedRow applied = meta.applied();
        if (applied == null) {
            return Optional.empty();
        }
        TreeCheck.runOnEach(meta, applied, StartCheck::refuse);
        return Optional.of(new StartCheck(new Inspection(keys, store, meta, applied, StartCheck::refuse, rows -> {})));
    }

    /** Returns the rows of the workspaces by their ids, ascending, which are many to be read twice. */
    public Map<Long, WorkspaceRow> workspaces() {
        return in.meta().workspaces();
    }

    /**
     * Looks at the newest commits, once; on any thread, while others read the store.
     *
     * @throws StoreCorruptException at the first fault; the message names it
     */
    public void newest() {
        new SequenceCheck(in, this::seen).check(Math.max(0, in.applied().sequence() - SEQUENCES + 1));
        long bytes = 0;
        try (VersionSeek versions = new VersionSeek(in)) {
            LogCheck log = new LogCheck(in, versions);
            for (int i = commits.size() - 1; i >= 0; i--) {
                Commit commit = commits.get(i);
                LogRow row = commit.row == null ? log(commit.workspaceId, commit.revision) : commit.row;
                if (workspaces.add(commit.workspaceId)) {
                    agrees(commit, row);
                }
                if (objects.size() < OBJECTS && bytes < BYTES) {
                    bytes += log.writes(
                            commit.workspaceId, commit.revision, row, (write, made) -> head(commit, write, made));
                }
            }
        }
    }

    /** Takes a commit in, and lets go of the rows of the oldest where those that are kept are many. */
    private void seen(long id, WorkspaceRow workspace, long revision, LogRow row) {
        commits.add(new Commit(id, workspace, revision, row));
        keptWrites += row.writes().size();
        for (; keptWrites > KEPT_WRITES; firstKept++) {
            Commit oldest = commits.get(firstKept);
            keptWrites -= oldest.row == null ? 0 : oldest.row.writes().size();
            commits.set(firstKept, new Commit(oldest.workspaceId, oldest.workspace, oldest.revision, null));
        }
    }

    private LogRow log(long workspaceId, long revision) {
        byte[] row = in.store().get(Table.LOG, in.keys().log(workspaceId, revision));
        if (row == null) {
            throw new StoreCorruptException(in.names().log(workspaceId, revision) + " has gone while it was looked at");
        }
        return LogRow.decode(row);
    }

    /** Holds the row of a workspace against its newest commit. */
    private void agrees(Commit newest, LogRow row) {
        WorkspaceRow workspace = newest.workspace;
        if (newest.revision != workspace.revision()
                || row.historyBytes() != workspace.history().bytes()) {
            in.found(
                    Table.META,
                    in.names().workspace(newest.workspaceId),
                    "it is at revision " + workspace.revision() + " with "
                            + workspace.history().bytes()
                            + " bytes of history; its newest commit made " + newest.revision + " with "
                            + row.historyBytes());
        }
    }

    /** Holds the head of an object against its newest version: the one that is met first. */
    private void head(Commit commit, LogRow.Write write, VersionFacts made) {
        if (!objects.add(new ObjectKey(commit.workspaceId, write.typeId(), write.name()))) {
            return;
        }
        byte[] stored = in.store().get(Table.HEAD, in.keys().head(commit.workspaceId, write.typeId(), write.name()));
        Supplier<String> key = () -> in.names().object(commit.workspaceId, write.typeId(), write.name());
        HeadRow head = stored == null ? null : in.decode(Table.HEAD, key, stored, HeadRow::decode);
        if (!ObjectsCheck.agree(head, commit.revision, made)) {
            in.found(Table.HEAD, key.get(), ObjectsCheck.difference(head, commit.revision, made));
        }
    }

    private static void refuse(Finding finding) {
        throw new StoreCorruptException("the store does not agree with itself (" + finding
                + "): ./proreus doctor shows all that is wrong; restore it from a backup");
    }
}
