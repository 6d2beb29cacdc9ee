package dev.proreus.workspace.store.rows;

import dev.proreus.workspace.store.rows.stored.Stored;
import java.time.Instant;
import java.util.List;

/**
 * What one commit batch holds, as {@code seq} holds it under its first sequence.
 *
 * @param logTime the log time of the batch: never earlier than that of the batch before
 * @param commits its commands in commit order; each has the sequence after the one before
 */
public record SequenceRow(Instant logTime, List<Commit> commits) {
    private static final byte FORMAT = 1;

    public SequenceRow {
        Require.storable("log time", logTime);
        commits = List.copyOf(commits);
    }

    /**
     * One command.
     *
     * @param workspaceId internal id of the workspace that it changed
     * @param revision the revision that it made there
     */
    public record Commit(long workspaceId, long revision) {
        public Commit {
            Require.natural("workspace id", workspaceId);
            Require.natural("revision", revision);
        }
    }

    public byte[] encode() {
        Stored.Sequence.Builder sequence = Stored.Sequence.newBuilder().setLogTimeNanos(RowBytes.nanos(logTime));
        for (Commit commit : commits) {
            sequence.addCommits(Stored.Sequence.Commit.newBuilder()
                    .setWorkspaceId(commit.workspaceId)
                    .setRevision(commit.revision));
        }
        return RowBytes.encode(FORMAT, sequence.build());
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static SequenceRow decode(byte[] row) {
        return RowBytes.decode(
                "sequence",
                FORMAT,
                row,
                Stored.Sequence.parser(),
                sequence -> new SequenceRow(
                        RowBytes.instant(sequence.getLogTimeNanos()),
                        sequence.getCommitsList().stream()
                                .map(commit -> new Commit(commit.getWorkspaceId(), commit.getRevision()))
                                .toList()));
    }
}
