package dev.proreus.workspace.store.rows;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.store.rows.stored.Stored;
import java.util.UUID;

/**
 * The store itself, as {@code meta} holds it: written once, when the store is made. Holds a secret: never logged, and
 * its text leaves the key out.
 *
 * @param formatVersion version of the format that the store is in
 * @param featureBits what its data makes use of
 * @param nodeId identity of this store among replicas; a blank folder is a new node
 * @param tokenKey key of resume and page tokens, {@link #TOKEN_KEY_BYTES} bytes
 */
public record StoreRow(int formatVersion, long featureBits, UUID nodeId, ByteString tokenKey) {
    /** Bytes of the token key: an AES-256 key. */
    public static final int TOKEN_KEY_BYTES = 32;

    private static final byte FORMAT = 1;

    public StoreRow {
        if (formatVersion < 1) {
            throw new IllegalArgumentException("format version " + formatVersion + " is not positive");
        }
        if (tokenKey.size() != TOKEN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a token key of " + tokenKey.size() + " bytes instead of " + TOKEN_KEY_BYTES);
        }
    }

    public byte[] encode() {
        return RowBytes.encode(
                FORMAT,
                Stored.Store.newBuilder()
                        .setFormatVersion(formatVersion)
                        .setFeatureBits(featureBits)
                        .setNodeId(RowBytes.bytes(nodeId))
                        .setTokenKey(tokenKey)
                        .build());
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static StoreRow decode(byte[] row) {
        return RowBytes.decode(
                "store",
                FORMAT,
                row,
                Stored.Store.parser(),
                store -> new StoreRow(
                        store.getFormatVersion(),
                        store.getFeatureBits(),
                        RowBytes.uuid(store.getNodeId()),
                        store.getTokenKey()));
    }

    /** Decodes the part of a row that every version, past and to come, can read. */
    static Format decodeFormat(byte[] row) {
        return RowBytes.decode(
                "store",
                FORMAT,
                row,
                Stored.Store.parser(),
                store -> new Format(store.getFormatVersion(), store.getFeatureBits()));
    }

    @Override
    public String toString() {
        return "StoreRow[formatVersion=" + formatVersion + ", featureBits=" + featureBits + ", nodeId=" + nodeId + "]";
    }

    /** The version and the features of a stored format. */
    record Format(int version, long features) {}
}
