package dev.proreus.workspace.store.keys;

import dev.proreus.workspace.store.Table;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The keys of one shard: how each is put together and taken apart.
 *
 * <pre>{@code
 * meta   sh2 kind1                      the store itself (shard 0 only), applied mark
 *        sh2 kind1 workspace8           workspace
 *        sh2 kind1 type4                resource type
 * head   sh2 workspace8 type4 ns 00 name 00
 * ver    sh2 workspace8 type4 ns 00 name 00 ~revision8
 * log    sh2 workspace8 revision8
 * seq    sh2 firstSequence8
 * idx    sh2 workspace8 type4 field2 value 00 ns 00 name   reserved, empty so far
 * dedup  sh2 bucket4 hash16
 * }</pre>
 *
 * <p>Numbers are big-endian and not negative, so that bytes order as numbers do. {@code ~} is the bitwise complement:
 * it turns the order, so that the newest version of a name comes first and the version at a revision is the first at or
 * after that revision's key. {@code ns} is kept free for a namespace and always empty. Text is UTF-8 and ends with a
 * byte 00 that it cannot contain, so that a name sorts before what it begins.
 *
 * <p>Encoders throw {@link IllegalArgumentException} where a number is negative, a name is empty, or text is too long
 * or contains U+0000: a fault of the program, checked here because it would break the order of keys. Parsers throw
 * {@link dev.proreus.workspace.store.StoreCorruptException} where the bytes are no such key. Immutable and thread-safe.
 */
public final class Keys {
    /** The greatest shard; the one above is kept free, so that some key follows every key. */
    public static final int MAX_SHARD = 0xFFFE;

    /** Bytes of a name in a key: a DNS-1123 subdomain. */
    public static final int MAX_NAME_BYTES = 253;

    /** Bytes of an indexed value: a longer one is not indexed, since keys stay in memory with their blocks. */
    public static final int MAX_VALUE_BYTES = 512;

    /** Bytes of the hash in a key of {@code dedup}. */
    public static final int HASH_BYTES = 16;

    private static final byte NO_NAMESPACE_THEN_END = 0;
    private static final byte END = 0;

    private final int shard;

    private Keys(int shard) {
        this.shard = shard;
    }

    /** Returns the keys of a shard from 0 to {@link #MAX_SHARD}. */
    public static Keys ofShard(int shard) {
        if (shard < 0 || shard > MAX_SHARD) {
            throw new IllegalArgumentException("shard " + shard + " is not between 0 and " + MAX_SHARD);
        }
        return new Keys(shard);
    }

    /** Returns the ranges of this shard's keys. */
    public KeyRanges ranges() {
        return new KeyRanges(this);
    }

    /** Returns the key of the row about the store itself, which is no shard's. */
    public static byte[] store() {
        return ofShard(0).kindPrefix(MetaKind.STORE, 0).array();
    }

    public byte[] applied() {
        return kindPrefix(MetaKind.APPLIED, 0).array();
    }

    public byte[] workspace(long workspaceId) {
        return kindPrefix(MetaKind.WORKSPACE, Long.BYTES)
                .putLong(natural("workspace id", workspaceId))
                .array();
    }

    public byte[] type(int typeId) {
        return kindPrefix(MetaKind.TYPE, Integer.BYTES)
                .putInt((int) natural("type id", typeId))
                .array();
    }

    /** Parses any key of {@code meta}. */
    public static StoredKey parseMeta(byte[] key) {
        KeyReader reader = new KeyReader(Table.META.label(), key);
        int shard = reader.shard();
        StoredKey parsed = switch (reader.kind()) {
            case STORE -> new StoredKey.Store(shard);
            case APPLIED -> new StoredKey.Applied(shard);
            case WORKSPACE -> new StoredKey.Workspace(shard, reader.naturalLong());
            case TYPE -> new StoredKey.Type(shard, reader.naturalInt());
        };
        reader.end();
        return parsed;
    }

    public byte[] head(long workspaceId, int typeId, String name) {
        return objectPrefix(workspaceId, typeId, name, 0).array();
    }

    /** Parses a key of {@code head}. */
    public static StoredKey.Head parseHead(byte[] key) {
        KeyReader reader = new KeyReader(Table.HEAD.label(), key);
        int shard = reader.shard();
        long workspaceId = reader.naturalLong();
        int typeId = reader.naturalInt();
        reader.noNamespace();
        StoredKey.Head parsed = new StoredKey.Head(shard, workspaceId, typeId, reader.textThenEnd());
        reader.end();
        return parsed;
    }

    public byte[] version(long workspaceId, int typeId, String name, long revision) {
        return objectPrefix(workspaceId, typeId, name, Long.BYTES)
                .putLong(~natural("revision", revision))
                .array();
    }

    /** Parses a key of {@code ver}. */
    public static StoredKey.Version parseVersion(byte[] key) {
        KeyReader reader = new KeyReader(Table.VERSION.label(), key);
        int shard = reader.shard();
        long workspaceId = reader.naturalLong();
        int typeId = reader.naturalInt();
        reader.noNamespace();
        String name = reader.textThenEnd();
        long revision = reader.complement();
        reader.end();
        return new StoredKey.Version(shard, workspaceId, typeId, name, revision);
    }

    /** Returns whether a key of {@code ver} is a version of the object with a key of {@code head}; copies nothing. */
    public static boolean isVersionOf(byte[] versionKey, byte[] headKey) {
        return versionKey.length == headKey.length + Long.BYTES
                && Arrays.equals(versionKey, 0, headKey.length, headKey, 0, headKey.length);
    }

    /** Returns the revision in a key of {@code ver}, of which the rest is not looked at. */
    public static long revisionOf(byte[] versionKey) {
        return ~ByteBuffer.wrap(versionKey).getLong(versionKey.length - Long.BYTES);
    }

    public byte[] log(long workspaceId, long revision) {
        return workspacePrefix(workspaceId, Long.BYTES)
                .putLong(natural("revision", revision))
                .array();
    }

    /** Parses a key of {@code log}. */
    public static StoredKey.Log parseLog(byte[] key) {
        KeyReader reader = new KeyReader(Table.LOG.label(), key);
        StoredKey.Log parsed = new StoredKey.Log(reader.shard(), reader.naturalLong(), reader.naturalLong());
        reader.end();
        return parsed;
    }

    /** Returns the revision in a key of {@code log}, of which the rest is not looked at. */
    public static long revisionOfLog(byte[] logKey) {
        return ByteBuffer.wrap(logKey).getLong(logKey.length - Long.BYTES);
    }

    public byte[] sequence(long firstSequence) {
        return shardPrefix(Long.BYTES)
                .putLong(natural("sequence", firstSequence))
                .array();
    }

    /** Parses a key of {@code seq}. */
    public static StoredKey.Sequence parseSequence(byte[] key) {
        KeyReader reader = new KeyReader(Table.SEQUENCE.label(), key);
        StoredKey.Sequence parsed = new StoredKey.Sequence(reader.shard(), reader.naturalLong());
        reader.end();
        return parsed;
    }

    /**
     * Returns the key of an indexed value.
     *
     * @param field number of the declared field, 0 to 32,767
     * @param value a value that {@link #isIndexable}
     */
    public byte[] index(long workspaceId, int typeId, int field, String value, String name) {
        byte[] nameBytes = KeyText.name(name);
        return valuePrefix(workspaceId, typeId, field, value, 1 + nameBytes.length)
                .put(NO_NAMESPACE_THEN_END)
                .put(nameBytes)
                .array();
    }

    /** Returns whether a value can be indexed; one that cannot is left out, and found by a scan only. */
    public static boolean isIndexable(String value) {
        return KeyText.isIndexable(value);
    }

    /** Parses a key of {@code idx}. */
    public static StoredKey.Index parseIndex(byte[] key) {
        KeyReader reader = new KeyReader(Table.INDEX.label(), key);
        int shard = reader.shard();
        long workspaceId = reader.naturalLong();
        int typeId = reader.naturalInt();
        int field = reader.naturalShort();
        String value = reader.textThenEnd();
        reader.noNamespace();
        return new StoredKey.Index(shard, workspaceId, typeId, field, value, reader.textToEnd());
    }

    /**
     * Returns the key of an answer.
     *
     * @param bucket number of the stretch of time that the request id was made in
     * @param hash {@link #HASH_BYTES} bytes
     */
    public byte[] dedup(int bucket, byte[] hash) {
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("a hash of " + hash.length + " bytes instead of " + HASH_BYTES);
        }
        return bucketPrefix(bucket, HASH_BYTES).put(hash).array();
    }

    /** Parses a key of {@code dedup}. */
    public static StoredKey.Dedup parseDedup(byte[] key) {
        KeyReader reader = new KeyReader(Table.DEDUP.label(), key);
        StoredKey.Dedup parsed = new StoredKey.Dedup(reader.shard(), reader.naturalInt(), reader.bytes(HASH_BYTES));
        reader.end();
        return parsed;
    }

    ByteBuffer shardPrefix(int moreBytes) {
        return ByteBuffer.allocate(Short.BYTES + moreBytes).putShort((short) shard);
    }

    ByteBuffer kindPrefix(MetaKind kind, int moreBytes) {
        return shardPrefix(1 + moreBytes).put(kind.code());
    }

    ByteBuffer workspacePrefix(long workspaceId, int moreBytes) {
        return shardPrefix(Long.BYTES + moreBytes).putLong(natural("workspace id", workspaceId));
    }

    ByteBuffer typePrefix(long workspaceId, int typeId, int moreBytes) {
        return workspacePrefix(workspaceId, Integer.BYTES + moreBytes).putInt((int) natural("type id", typeId));
    }

    ByteBuffer objectPrefix(long workspaceId, int typeId, String name, int moreBytes) {
        byte[] nameBytes = KeyText.name(name);
        return typePrefix(workspaceId, typeId, 1 + nameBytes.length + 1 + moreBytes)
                .put(NO_NAMESPACE_THEN_END)
                .put(nameBytes)
                .put(END);
    }

    ByteBuffer fieldPrefix(long workspaceId, int typeId, int field, int moreBytes) {
        if (field > Short.MAX_VALUE) {
            throw new IllegalArgumentException("field " + field + " is greater than " + Short.MAX_VALUE);
        }
        return typePrefix(workspaceId, typeId, Short.BYTES + moreBytes).putShort((short) natural("field", field));
    }

    ByteBuffer valuePrefix(long workspaceId, int typeId, int field, String value, int moreBytes) {
        byte[] valueBytes = KeyText.value(value);
        return fieldPrefix(workspaceId, typeId, field, valueBytes.length + 1 + moreBytes)
                .put(valueBytes)
                .put(END);
    }

    ByteBuffer bucketPrefix(int bucket, int moreBytes) {
        return shardPrefix(Integer.BYTES + moreBytes).putInt((int) natural("bucket", bucket));
    }

    private static long natural(String what, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(what + " " + number + " is negative");
        }
        return number;
    }
}
