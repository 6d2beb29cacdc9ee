package dev.proreus.workspace.check;

import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the log of a workspace is whole, and agrees with the versions that it made: its revisions follow one another
 * up to the workspace's, each write names a version that is there and the one before it, and the bytes of history grow
 * by what was written.
 */
final class LogCheck {
    private final Inspection in;
    private final VersionSeek versions;

    LogCheck(Inspection in, VersionSeek versions) {
        this.in = in;
        this.versions = versions;
    }

    /**
     * What a log holds.
     *
     * @param trimmedThrough the newest revision whose row is not there any more; 0 where all are
     * @param writes that its rows name
     * @param sequenced its rows of a sequence that the table of sequences still has
     */
    record Held(long trimmedThrough, long writes, long sequenced) {}

    /** Tells of what is wrong with the log of a workspace; returns what it holds, or null where that is unclear. */
    @Nullable
    Held check(long id, WorkspaceRow workspace, long firstSequence) {
        Walk walk = new Walk(id, workspace, firstSequence);
        try (Cursor cursor = in.store().cursor(Table.LOG, in.ranges().allOfWorkspace(id))) {
            for (; cursor.valid(); cursor.next()) {
                in.row();
                byte[] key = cursor.key();
                Long revision = in.decode(
                        Table.LOG,
                        () -> MetaRows.hex(key),
                        key,
                        bytes -> Keys.parseLog(bytes).revision());
                if (revision != null) {
                    walk.row(revision, cursor.value());
                }
            }
        }
        return walk.end();
    }

    /** One pass over the log of a workspace. */
    private final class Walk {
        private final long id;
        private final WorkspaceRow workspace;
        private final long firstSequence;
        private boolean clear = true;
        private long first;
        private long revision;
        private long sequence;
        private long bytes = -1;
        private long writes;
        private long sequenced;

        Walk(long id, WorkspaceRow workspace, long firstSequence) {
            this.id = id;
            this.workspace = workspace;
            this.firstSequence = firstSequence;
        }

        void row(long at, byte[] value) {
            long floor = workspace.history().floor();
            if (first == 0) {
                first = at;
                require(at <= floor + 1, at, () -> "the log begins here, above the floor " + floor);
            } else {
                require(at == revision + 1, at, () -> "the row before it is that of revision " + revision);
            }
            revision = at;
            LogRow row = in.decode(Table.LOG, () -> in.names().log(id, at), value, LogRow::decode);
            if (row == null) {
                clear = false;
                bytes = -1;
                return;
            }
            long newest = in.applied().sequence();
            require(
                    row.sequence() > sequence && row.sequence() <= newest,
                    at,
                    () -> "its sequence " + row.sequence() + " is not above " + sequence + ", that of the row before,"
                            + " or above the newest, " + newest);
            sequence = row.sequence();
            floorAgrees(at, row);
            bytesAgree(at, row, writes(id, at, row, (write, facts) -> {}));
            writes += row.writes().size();
            sequenced += sequence >= firstSequence ? 1 : 0;
        }

        private void floorAgrees(long at, LogRow row) {
            WorkspaceRow.History history = workspace.history();
            require(
                    at != history.floor()
                            || (row.historyBytes() == history.floorBytes()
                                    && row.sequence() == history.floorSequence()),
                    at,
                    () -> "it has " + row.historyBytes() + " bytes of history and sequence " + row.sequence()
                            + "; the workspace's row has " + history.floorBytes() + " and " + history.floorSequence()
                            + " for this floor");
        }

        private void bytesAgree(long at, LogRow row, long written) {
            WorkspaceRow.History history = workspace.history();
            long before = at == history.floor() + 1 ? history.floorBytes() : at == 1 ? 0 : bytes;
            require(
                    before < 0 || written < 0 || row.historyBytes() == before + written,
                    at,
                    () -> "it has " + row.historyBytes() + " bytes of history; " + before + " before it and " + written
                            + " of its own are " + (before + written));
            bytes = row.historyBytes();
        }

        private void require(boolean right, long at, Supplier<String> wrong) {
            if (!right) {
                clear = false;
                in.found(Table.LOG, in.names().log(id, at), wrong.get());
            }
        }

        @Nullable
        Held end() {
            long head = workspace.revision();
            WorkspaceRow.History history = workspace.history();
            if (first == 0) {
                require(
                        head == history.floor(),
                        head,
                        () -> "the log has no row above the floor " + history.floor() + " up to the newest revision");
                return clear ? new Held(head, 0, 0) : null;
            }
            require(revision == head, revision, () -> "the log ends here; the newest revision is " + head);
            require(
                    bytes < 0 || revision != head || bytes == history.bytes(),
                    revision,
                    () -> "it has " + bytes + " bytes of history; the workspace's row has " + history.bytes());
            return clear ? new Held(first - 1, writes, sequenced) : null;
        }
    }

    /** Whoever is shown what a row names. */
    @FunctionalInterface
    interface Writes {
        /** Is shown a write, and the version that it made. */
        void seen(LogRow.Write write, VersionFacts made);
    }

    /**
     * Tells of what is wrong with the versions that a row names.
     *
     * @param shown is shown each write whose version can be read
     * @return the bytes of history that the row and they take; -1 where that is unclear
     */
    long writes(long id, long revision, LogRow row, Writes shown) {
        Set<String> names = row.writes().size() == 1 ? Set.of() : new HashSet<>();
        long bytes = LogRow.weight(row.writes());
        for (LogRow.Write write : row.writes()) {
            if (row.writes().size() > 1 && !names.add(write.typeId() + " " + write.name())) {
                in.found(Table.LOG, in.names().log(id, revision), "it names " + object(id, write) + " twice");
            }
            long written = write(id, revision, write, shown);
            bytes = written < 0 || bytes < 0 ? -1 : bytes + written;
        }
        return bytes;
    }

    private long write(long id, long revision, LogRow.Write write, Writes shown) {
        VersionSeek.Found found = versions.at(id, write.typeId(), write.name(), revision);
        if (found == null || found.key().revision() != revision) {
            in.found(
                    Table.VERSION,
                    in.names().version(id, write.typeId(), write.name(), revision),
                    "the log names it, and it is not there");
            return -1;
        }
        agrees(id, revision, write, found, shown);
        VersionSeek.Found before = versions.before(found);
        long previous =
                before == null || before.isTombstone() ? 0 : before.key().revision();
        if (previous != write.previousRevision()) {
            in.found(
                    Table.LOG,
                    in.names().log(id, revision),
                    "it names " + write.previousRevision() + " as the revision before of " + object(id, write)
                            + ", which is " + previous);
        }
        return (long) in.keys().version(id, write.typeId(), write.name(), revision).length + found.rowBytes();
    }

    private void agrees(long id, long revision, LogRow.Write write, VersionSeek.Found found, Writes shown) {
        VersionFacts facts;
        try {
            facts = found.facts();
        } catch (StoreCorruptException e) {
            in.found(
                    Table.VERSION,
                    in.names().version(id, write.typeId(), write.name(), revision),
                    String.valueOf(e.getMessage()));
            return;
        }
        shown.seen(write, facts);
        boolean fresh = write.kind() == ChangeKind.ADDED;
        boolean right = facts.exists() == (write.kind() != ChangeKind.DELETED)
                && facts.uid().equals(write.uid())
                && fresh == (write.previousRevision() == 0)
                && (facts.exists() || facts.previousRevision() == write.previousRevision());
        if (!right) {
            in.found(
                    Table.LOG,
                    in.names().log(id, revision),
                    "it says that " + object(id, write) + ", uid " + write.uid() + ", was " + write.kind() + " after "
                            + write.previousRevision() + "; the version says otherwise: " + facts);
        }
    }

    private String object(long id, LogRow.Write write) {
        return in.names().object(id, write.typeId(), write.name());
    }
}
