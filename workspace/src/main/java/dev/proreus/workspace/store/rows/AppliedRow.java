package dev.proreus.workspace.store.rows;

import dev.proreus.workspace.store.rows.stored.Stored;
import java.time.Instant;

/**
 * How far a shard's log is applied, as {@code meta} holds it; written in every commit batch.
 *
 * @param position position in the shard's log
 * @param sequence the newest sequence that was given
 * @param logTime log time of the last batch; time of the store never goes back
 * @param epoch number of the shard's history line, changed by restore and import
 * @param nextWorkspaceId the internal id that the next workspace gets
 * @param nextTypeId the internal id that the next resource type gets
 */
public record AppliedRow(
        Position position, long sequence, Instant logTime, long epoch, long nextWorkspaceId, int nextTypeId) {
    private static final byte FORMAT = 1;

    public AppliedRow {
        Require.natural("sequence", sequence);
        Require.storable("log time", logTime);
        Require.natural("epoch", epoch);
        Require.natural("next workspace id", nextWorkspaceId);
        Require.natural("next type id", nextTypeId);
    }

    /**
     * A position in a shard's log; never a revision.
     *
     * @param term the leader's term
     * @param index number of the entry
     */
    public record Position(long term, long index) {
        public Position {
            Require.natural("term", term);
            Require.natural("index", index);
        }
    }

    /** Returns the row of the next batch, which begins a new history line of the shard. */
    public AppliedRow onNewLine() {
        Position next = new Position(position.term, position.index + 1);
        return new AppliedRow(next, sequence, logTime, epoch + 1, nextWorkspaceId, nextTypeId);
    }

    public byte[] encode() {
        return RowBytes.encode(
                FORMAT,
                Stored.Applied.newBuilder()
                        .setTerm(position.term)
                        .setIndex(position.index)
                        .setSequence(sequence)
                        .setLogTimeNanos(RowBytes.nanos(logTime))
                        .setEpoch(epoch)
                        .setNextWorkspaceId(nextWorkspaceId)
                        .setNextTypeId(nextTypeId)
                        .build());
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static AppliedRow decode(byte[] row) {
        return RowBytes.decode(
                "applied",
                FORMAT,
                row,
                Stored.Applied.parser(),
                applied -> new AppliedRow(
                        new Position(applied.getTerm(), applied.getIndex()),
                        applied.getSequence(),
                        RowBytes.instant(applied.getLogTimeNanos()),
                        applied.getEpoch(),
                        applied.getNextWorkspaceId(),
                        applied.getNextTypeId()));
    }
}
