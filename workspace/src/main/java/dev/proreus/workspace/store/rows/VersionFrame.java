package dev.proreus.workspace.store.rows;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The frame of a {@link VersionRow}. */
final class VersionFrame {
    static final String NAME = "version";
    static final byte FORMAT = 1;
    static final byte STATE = 0;
    static final byte TOMBSTONE = 1;

    /** Where what follows format and flags begins. */
    static final int BODY = 2;

    static final int CRC_BYTES = Integer.BYTES;

    private VersionFrame() {}

    static int crc(byte[] row, int end) {
        CRC32C crc = new CRC32C();
        crc.update(row, 0, end);
        return (int) crc.getValue();
    }

    static byte[] sealed(byte[] row, int end) {
        ByteBuffer.wrap(row, end, CRC_BYTES).putInt(crc(row, end));
        return row;
    }
}
