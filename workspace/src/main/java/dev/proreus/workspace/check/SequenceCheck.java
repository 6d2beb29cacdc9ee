package dev.proreus.workspace.check;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.SequenceRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the rows of {@code seq} follow one another up to the applied mark, and name revisions that the log has. */
final class SequenceCheck {
    private final Inspection in;
    private final Commits commits;
    private long first;
    private long next;
    private long logged;
    private Instant logTime = Instant.MIN;

    /** @param commits is shown what is named */
    SequenceCheck(Inspection in, Commits commits) {
        this.in = in;
        this.commits = commits;
    }

    /** Whoever looks closer at the commits that are named. */
    @FunctionalInterface
    interface Commits {
        /** Is shown a commit of a live workspace, and its row of the log. */
        void seen(long workspaceId, WorkspaceRow workspace, long revision, LogRow row);
    }

    /** Tells of what is wrong, from a sequence on. */
    void check(long fromSequence) {
        try (Cursor cursor = in.store().cursor(Table.SEQUENCE, in.ranges().sequencesFrom(fromSequence))) {
            for (; cursor.valid(); cursor.next()) {
                in.row();
                byte[] bytes = cursor.key();
                Long key = in.decode(
                        Table.SEQUENCE,
                        () -> MetaRows.hex(bytes),
                        bytes,
                        each -> Keys.parseSequence(each).firstSequence());
                SequenceRow row = key == null
                        ? null
                        : in.decode(Table.SEQUENCE, () -> "#" + key, cursor.value(), SequenceRow::decode);
                if (key != null && row != null) {
                    row(key, row);
                }
            }
        }
        long newest = in.applied().sequence();
        if (next != 0 && next != newest + 1) {
            in.found(
                    Table.META,
                    "applied",
                    "the newest sequence is " + newest + "; the last one listed is " + (next - 1));
        }
    }

    /** Returns the first sequence that is still listed; the one to come where none is. */
    long first() {
        return next == 0 ? in.applied().sequence() + 1 : first;
    }

    /** Returns how many commits of live workspaces are listed that the log has. */
    long logged() {
        return logged;
    }

    private void row(long key, SequenceRow row) {
        if (next == 0) {
            first = key;
        } else if (key != next) {
            in.found(Table.SEQUENCE, "#" + key, "the row before it ends with sequence " + (next - 1));
        }
        if (row.commits().isEmpty()) {
            in.found(Table.SEQUENCE, "#" + key, "it lists no commit");
        }
        if (row.logTime().isBefore(logTime)
                || row.logTime().isAfter(in.applied().logTime())) {
            in.found(
                    Table.SEQUENCE,
                    "#" + key,
                    "its time " + row.logTime() + " is not between that of the row before, " + logTime
                            + ", and that of the newest, " + in.applied().logTime());
        }
        logTime = row.logTime();
        next = key;
        for (SequenceRow.Commit commit : row.commits()) {
            commit(next, commit.workspaceId(), commit.revision());
            next++;
        }
    }

    private void commit(long sequence, long workspaceId, long revision) {
        WorkspaceRow workspace = in.meta().workspaces().get(workspaceId);
        if (workspace == null || in.meta().isGone(workspaceId)) {
            if (workspaceId == 0 || workspaceId >= in.applied().nextWorkspaceId()) {
                in.found(Table.SEQUENCE, "#" + sequence, "it names workspace#" + workspaceId + ", which never existed");
            }
            return;
        }
        LogRow row = log(workspaceId, revision);
        boolean held = revision > workspace.history().floor();
        if (revision > workspace.revision() || (row == null && held)) {
            in.found(
                    Table.SEQUENCE,
                    "#" + sequence,
                    "it names " + in.names().log(workspaceId, revision)
                            + ", which is not in the log; the newest revision there is " + workspace.revision());
        } else if (row != null && row.sequence() != sequence) {
            in.found(
                    Table.SEQUENCE,
                    "#" + sequence,
                    "it names " + in.names().log(workspaceId, revision) + ", whose sequence is " + row.sequence());
        } else if (row != null) {
            logged++;
            commits.seen(workspaceId, workspace, revision, row);
        }
    }

    private @Nullable LogRow log(long workspaceId, long revision) {
        byte[] row = in.store().get(Table.LOG, in.keys().log(workspaceId, revision));
        return row == null
                ? null
                : in.decode(Table.LOG, () -> in.names().log(workspaceId, revision), row, LogRow::decode);
    }
}
