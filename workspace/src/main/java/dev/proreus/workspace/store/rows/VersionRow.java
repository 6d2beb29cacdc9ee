package dev.proreus.workspace.store.rows;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * An object at a revision, as {@code ver} holds it: its state, or the tombstone that a delete left.
 *
 * <pre>{@code
 * format 1, flags 1 (bit 0: tombstone), owners (varint length, bytes), object (wire bytes), crc 4
 * format 1, flags 1,                    uid 16, previous revision 8,                        crc 4
 * }</pre>
 *
 * <p>The crc is CRC-32C of all before it, big-endian. The object's bytes stand in one piece, so that they are sliced
 * out without a copy. The format byte stands for this frame alone. What the canonical form of the object may hold is
 * said by {@link StoreFormat}, for the store as a whole: a version that does not know all of it must not open the
 * store.
 */
public sealed interface VersionRow {

    /** Returns the row's bytes. */
    byte[] encode();

    /**
     * Decodes a row. The row belongs to the result, which may refer to it, and must not change any more.
     *
     * @throws dev.proreus.workspace.store.StoreCorruptException if the crc or anything else does not match
     */
    static VersionRow decode(byte[] row) {
        RowBytes.checkFormat(VersionFrame.NAME, VersionFrame.FORMAT, row);
        int end = row.length - VersionFrame.CRC_BYTES;
        if (end < VersionFrame.BODY) {
            throw RowBytes.damaged(VersionFrame.NAME, "it has " + row.length + " bytes", null);
        }
        int stored = ByteBuffer.wrap(row, end, VersionFrame.CRC_BYTES).getInt();
        int computed = VersionFrame.crc(row, end);
        if (stored != computed) {
            throw RowBytes.damaged(
                    VersionFrame.NAME, String.format("its crc is %08x instead of %08x", stored, computed), null);
        }
        try {
            return switch (row[1]) {
                case VersionFrame.STATE -> State.read(row, end);
                case VersionFrame.TOMBSTONE -> Tombstone.read(row, end);
                default -> throw new IllegalArgumentException("its flags are " + row[1]);
            };
        } catch (IllegalArgumentException | IOException e) {
            throw RowBytes.damaged(VersionFrame.NAME, e.getMessage(), e);
        }
    }

    /** Returns whether a row says that the object was deleted; looks at nothing else of it. */
    static boolean isTombstone(byte[] row) {
        return row.length > 1 && row[1] == VersionFrame.TOMBSTONE;
    }

    /**
     * What the object was.
     *
     * @param owners who wrote spec, labels and annotations last, encoded by whoever keeps it; never sent with events
     * @param object the object's wire bytes in canonical form
     */
    record State(ByteString owners, ByteString object) implements VersionRow {

        @Override
        public byte[] encode() {
            int lengthBytes = CodedOutputStream.computeUInt32SizeNoTag(owners.size());
            int end = VersionFrame.BODY + lengthBytes + owners.size() + object.size();
            byte[] row = new byte[end + VersionFrame.CRC_BYTES];
            row[0] = VersionFrame.FORMAT;
            row[1] = VersionFrame.STATE;
            try {
                CodedOutputStream.newInstance(row, VersionFrame.BODY, lengthBytes)
                        .writeUInt32NoTag(owners.size());
            } catch (IOException e) {
                throw new IllegalStateException("the length of owners does not fit", e);
            }
            owners.copyTo(row, VersionFrame.BODY + lengthBytes);
            object.copyTo(row, end - object.size());
            return VersionFrame.sealed(row, end);
        }

        private static State read(byte[] row, int end) throws IOException {
            CodedInputStream start = CodedInputStream.newInstance(row, VersionFrame.BODY, end - VersionFrame.BODY);
            int ownersBytes = start.readUInt32();
            int from = VersionFrame.BODY + start.getTotalBytesRead();
            if (ownersBytes < 0 || ownersBytes > end - from) {
                throw new IllegalArgumentException("its owners are longer than the row");
            }
            ByteString bytes = UnsafeByteOperations.unsafeWrap(row);
            int border = from + ownersBytes;
            return new State(bytes.substring(from, border), bytes.substring(border, end));
        }
    }

    /**
     * That the object was deleted.
     *
     * @param uid identity of the object that went
     * @param previousRevision the revision of its last state
     */
    record Tombstone(UUID uid, long previousRevision) implements VersionRow {
        private static final int END = VersionFrame.BODY + RowBytes.UUID_BYTES + Long.BYTES;

        public Tombstone {
            Require.natural("previous revision", previousRevision);
        }

        @Override
        public byte[] encode() {
            ByteBuffer row = ByteBuffer.allocate(END + VersionFrame.CRC_BYTES)
                    .put(VersionFrame.FORMAT)
                    .put(VersionFrame.TOMBSTONE);
            RowBytes.put(row, uid).putLong(previousRevision);
            return VersionFrame.sealed(row.array(), END);
        }

        private static Tombstone read(byte[] row, int end) {
            if (end != END) {
                throw new IllegalArgumentException("a tombstone of " + row.length + " bytes");
            }
            ByteBuffer rest = ByteBuffer.wrap(row, VersionFrame.BODY, end - VersionFrame.BODY);
            UUID uid = RowBytes.uuid(rest);
            return new Tombstone(uid, rest.getLong());
        }
    }
}
