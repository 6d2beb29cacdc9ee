package dev.proreus.workspace.store.rows;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.store.rows.stored.Stored;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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

    /** Tags of the fields as {@link #encode} writes them, hashes packed; any other tag is one of a later version. */
    private static final int SEQUENCE = Stored.Log.SEQUENCE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;

    private static final int TIME_NANOS = Stored.Log.TIME_NANOS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64;
    private static final int WRITES = Stored.Log.WRITES_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int HISTORY_BYTES = Stored.Log.HISTORY_BYTES_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int KIND = Stored.Log.Write.KIND_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int TYPE_ID = Stored.Log.Write.TYPE_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int NAME = Stored.Log.Write.NAME_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int UID = Stored.Log.Write.UID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int PREVIOUS_REVISION =
            Stored.Log.Write.PREVIOUS_REVISION_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int SECTIONS = Stored.Log.Write.SECTIONS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int TERMS_NOW =
            Stored.Log.Write.TERMS_NOW_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int TERMS_BEFORE =
            Stored.Log.Write.TERMS_BEFORE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int TRACEPARENT =
            Stored.Log.Write.TRACEPARENT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int REPORTER_EPOCH =
            Stored.Log.Write.REPORTER_EPOCH_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;

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

    /**
     * Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. Field by field, since each
     * event that is caught up with is decoded from one.
     */
    public static LogRow decode(byte[] row) {
        return RowBytes.decode("log", FORMAT, row, LogRow::read);
    }

    private static LogRow read(CodedInputStream in) throws IOException {
        long sequence = 0;
        long timeNanos = 0;
        long historyBytes = 0;
        List<Write> writes = new ArrayList<>(1);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case SEQUENCE -> sequence = in.readUInt64();
                case TIME_NANOS -> timeNanos = in.readSFixed64();
                case WRITES -> writes.add(write(in));
                case HISTORY_BYTES -> historyBytes = in.readUInt64();
                default -> RowBytes.skip(in, tag);
            }
        }
        return new LogRow(sequence, RowBytes.instant(timeNanos), writes, historyBytes);
    }

    private static Write write(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        int kind = 0;
        int typeId = 0;
        String name = "";
        UUID uid = null;
        long previousRevision = 0;
        int sections = 0;
        TermHashes termsNow = TermHashes.NONE;
        TermHashes termsBefore = TermHashes.NONE;
        String traceparent = "";
        long reporterEpoch = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case KIND -> kind = in.readEnum();
                case TYPE_ID -> typeId = in.readUInt32();
                case NAME -> name = in.readStringRequireUtf8();
                case UID -> uid = RowBytes.uuid(in);
                case PREVIOUS_REVISION -> previousRevision = in.readUInt64();
                case SECTIONS -> sections = in.readUInt32();
                case TERMS_NOW -> termsNow = hashes(in);
                case TERMS_BEFORE -> termsBefore = hashes(in);
                case TRACEPARENT -> traceparent = in.readStringRequireUtf8();
                case REPORTER_EPOCH -> reporterEpoch = in.readUInt64();
                default -> RowBytes.skip(in, tag);
            }
        }
        in.popLimit(limit);
        if (uid == null) {
            throw new IllegalArgumentException("a write is of no object");
        }
        return new Write(
                kind(kind),
                typeId,
                name,
                uid,
                previousRevision,
                sections,
                termsNow,
                termsBefore,
                traceparent,
                reporterEpoch);
    }

    private static TermHashes hashes(CodedInputStream in) throws IOException {
        int bytes = in.readRawVarint32();
        if (bytes < 0 || bytes > in.getBytesUntilLimit() || bytes % Long.BYTES != 0) {
            throw new IllegalArgumentException("hashes of terms take " + bytes + " bytes");
        }
        long[] hashes = new long[bytes / Long.BYTES];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.readFixed64();
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

    private static ChangeKind kind(int stored) {
        return switch (stored) {
            case Stored.Log.Write.Kind.KIND_ADDED_VALUE -> ChangeKind.ADDED;
            case Stored.Log.Write.Kind.KIND_MODIFIED_VALUE -> ChangeKind.MODIFIED;
            case Stored.Log.Write.Kind.KIND_DELETED_VALUE -> ChangeKind.DELETED;
            default -> throw new IllegalArgumentException("a write is of kind " + stored + ", which is unknown");
        };
    }
}
