package dev.proreus.workspace.store.rows;

import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.store.rows.stored.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntToLongFunction;

/**
 * What one command changed, as {@code log} holds it: one row per revision of a workspace, so that a revision is never
 * split.
 *
 * @param sequence the command's position in the one commit order of the store
 * @param time log time of the command: when it was made, or where the clock went back the latest time before; it never
 *     falls from one row to the next
 * @param writes what it did to each object, in the order of the command
 * @param historyBytes bytes of history that the workspace has written up to and including this row, kept or not: the
 *     difference of two rows is what lies between them
 */
public record LogRow(long sequence, Instant time, List<Write> writes, long historyBytes) {
    private static final byte FORMAT = 1;

    /** Bytes of a row and its key without its writes, and of a write without its name and terms; roughly. */
    private static final int BASE_BYTES = 40;

    private static final int WRITE_BYTES = 40;

    public LogRow {
        Require.natural("sequence", sequence);
        Require.storable("time", time);
        Require.natural("history bytes", historyBytes);
        writes = List.copyOf(writes);
    }

    /**
     * What a command did to one object.
     *
     * @param kind what happened
     * @param typeId internal id of the resource type
     * @param name name of the object
     * @param uid its identity; for DELETED that of the object that went
     * @param previousRevision revision of its state before, 0 for ADDED
     * @param sections mask of {@link dev.proreus.workspace.Sections} that changed
     * @param termsNow hashes of the terms that the new state satisfies; none for DELETED
     * @param termsBefore those that only the state before satisfied; none for ADDED
     * @param traceparent W3C trace context of the write, empty where it was not sampled
     * @param reporterEpoch epoch of the agent's session whose report this is, else 0
     */
    public record Write(
            ChangeKind kind,
            int typeId,
            String name,
            UUID uid,
            long previousRevision,
            int sections,
            TermHashes termsNow,
            TermHashes termsBefore,
            String traceparent,
            long reporterEpoch) {
        public Write {
            Require.natural("type id", typeId);
            Require.named("name", name);
            Require.natural("previous revision", previousRevision);
            Require.natural("sections", sections);
            Require.natural("reporter epoch", reporterEpoch);
        }

        /** Returns a write of an object without terms that was not sampled and is no agent's report. */
        public static Write of(
                ChangeKind kind, int typeId, String name, UUID uid, long previousRevision, int sections) {
            return new Write(
                    kind, typeId, name, uid, previousRevision, sections, TermHashes.NONE, TermHashes.NONE, "", 0);
        }

        /** Returns whether the term of this hash may have held in the new state or in the one before. */
        public boolean mayTouch(long hash) {
            return termsNow.mayHold(hash) || termsBefore.mayHold(hash);
        }
    }

    /** Returns the bytes that a row of these writes takes, roughly, but always the same for the same writes. */
    public static long weight(List<Write> writes) {
        long bytes = BASE_BYTES;
        for (Write write : writes) {
            bytes += WRITE_BYTES
                    + write.name.length()
                    + (long) Long.BYTES * (write.termsNow.size() + write.termsBefore.size());
        }
        return bytes;
    }

    public byte[] encode() {
        Stored.Log.Builder log = Stored.Log.newBuilder()
                .setSequence(sequence)
                .setTimeNanos(RowBytes.nanos(time))
                .setHistoryBytes(historyBytes);
        for (Write write : writes) {
            Stored.Log.Write.Builder stored = Stored.Log.Write.newBuilder()
                    .setKind(stored(write.kind))
                    .setTypeId(write.typeId)
                    .setName(write.name)
                    .setUid(RowBytes.bytes(write.uid))
                    .setPreviousRevision(write.previousRevision)
                    .setSections(write.sections)
                    .setTraceparent(write.traceparent)
                    .setReporterEpoch(write.reporterEpoch);
            for (int i = 0; i < write.termsNow.size(); i++) {
                stored.addTermsNow(write.termsNow.get(i));
            }
            for (int i = 0; i < write.termsBefore.size(); i++) {
                stored.addTermsBefore(write.termsBefore.get(i));
            }
            log.addWrites(stored);
        }
        return RowBytes.encode(FORMAT, log.build());
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static LogRow decode(byte[] row) {
        return RowBytes.decode(
                "log",
                FORMAT,
                row,
                Stored.Log.parser(),
                log -> new LogRow(
                        log.getSequence(), RowBytes.instant(log.getTimeNanos()), writes(log), log.getHistoryBytes()));
    }

    /** Loops here and below, since each event that is caught up with is decoded from a row. */
    private static List<Write> writes(Stored.Log log) {
        List<Write> writes = new ArrayList<>(log.getWritesCount());
        for (Stored.Log.Write write : log.getWritesList()) {
            writes.add(read(write));
        }
        return writes;
    }

    private static Write read(Stored.Log.Write write) {
        return new Write(
                kind(write.getKind()),
                write.getTypeId(),
                write.getName(),
                RowBytes.uuid(write.getUid()),
                write.getPreviousRevision(),
                write.getSections(),
                hashes(write.getTermsNowCount(), write::getTermsNow),
                hashes(write.getTermsBeforeCount(), write::getTermsBefore),
                write.getTraceparent(),
                write.getReporterEpoch());
    }

    private static TermHashes hashes(int count, IntToLongFunction stored) {
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = stored.applyAsLong(i);
        }
        return TermHashes.of(hashes);
    }

    private static Stored.Log.Write.Kind stored(ChangeKind kind) {
        return switch (kind) {
            case ADDED -> Stored.Log.Write.Kind.KIND_ADDED;
            case MODIFIED -> Stored.Log.Write.Kind.KIND_MODIFIED;
            case DELETED -> Stored.Log.Write.Kind.KIND_DELETED;
        };
    }

    private static ChangeKind kind(Stored.Log.Write.Kind kind) {
        return switch (kind) {
            case KIND_ADDED -> ChangeKind.ADDED;
            case KIND_MODIFIED -> ChangeKind.MODIFIED;
            case KIND_DELETED -> ChangeKind.DELETED;
            case KIND_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("a write has no known kind");
        };
    }
}
