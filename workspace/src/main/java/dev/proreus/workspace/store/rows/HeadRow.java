package dev.proreus.workspace.store.rows;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * An object's newest state without its body, as {@code head} holds it: what a write is judged by. An object that is
 * deleted has no such row.
 *
 * <p>39 bytes: format 1, revision 8, uid 16, generation 8, size 4, flags 2 (big-endian; bit 0: the object exists).
 *
 * @param revision the workspace's revision at which the object last changed
 * @param uid identity of the object
 * @param generation count of changes to its spec
 * @param objectBytes size of its wire form
 */
public record HeadRow(long revision, UUID uid, long generation, int objectBytes) {
    private static final byte FORMAT = 1;
    private static final short EXISTS = 1;
    private static final int BYTES = 1 + Long.BYTES + RowBytes.UUID_BYTES + Long.BYTES + Integer.BYTES + Short.BYTES;

    public HeadRow {
        Require.natural("revision", revision);
        Require.natural("generation", generation);
        Require.natural("object bytes", objectBytes);
    }

    public byte[] encode() {
        ByteBuffer row = ByteBuffer.allocate(BYTES).put(FORMAT).putLong(revision);
        return RowBytes.put(row, uid)
                .putLong(generation)
                .putInt(objectBytes)
                .putShort(EXISTS)
                .array();
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static HeadRow decode(byte[] row) {
        RowBytes.checkFormat("head", FORMAT, row);
        if (row.length != BYTES) {
            throw RowBytes.damaged("head", "it has " + row.length + " bytes instead of " + BYTES, null);
        }
        ByteBuffer rest = ByteBuffer.wrap(row, 1, BYTES - 1);
        long revision = rest.getLong();
        UUID uid = RowBytes.uuid(rest);
        long generation = rest.getLong();
        int objectBytes = rest.getInt();
        short flags = rest.getShort();
        if (flags != EXISTS) {
            throw RowBytes.damaged("head", "its flags are " + flags, null);
        }
        try {
            return new HeadRow(revision, uid, generation, objectBytes);
        } catch (IllegalArgumentException e) {
            throw RowBytes.damaged("head", e.getMessage(), e);
        }
    }
}
