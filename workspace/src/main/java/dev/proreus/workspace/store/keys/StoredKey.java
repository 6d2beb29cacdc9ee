package dev.proreus.workspace.store.keys;

import com.google.protobuf.ByteString;

/** A key of the store, taken apart. Each record names the parts of one kind of key, in their order. */
public sealed interface StoredKey {

    /** Returns the shard that the row belongs to. */
    int shard();

    /** The row about the store itself. */
    record Store(int shard) implements StoredKey {}

    /** The row that says how far a shard's log is applied. */
    record Applied(int shard) implements StoredKey {}

    /** A workspace's row. */
    record Workspace(int shard, long workspaceId) implements StoredKey {}

    /** A resource type definition's row. */
    record Type(int shard, int typeId) implements StoredKey {}

    /** An object's newest state. */
    record Head(int shard, long workspaceId, int typeId, String name) implements StoredKey {}

    /** An object's state as of the revision of a commit. */
    record Version(int shard, long workspaceId, int typeId, String name, long revision) implements StoredKey {}

    /** A command's changes. */
    record Log(int shard, long workspaceId, long revision) implements StoredKey {}

    /** A commit batch. */
    record Sequence(int shard, long firstSequence) implements StoredKey {}

    /** An object of which a field has a value. */
    record Index(int shard, long workspaceId, int typeId, int field, String value, String name) implements StoredKey {}

    /** An answer kept for a request id. */
    record Dedup(int shard, int bucket, ByteString hash) implements StoredKey {}
}
