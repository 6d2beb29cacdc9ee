package dev.proreus.workspace.store.keys;

import dev.proreus.workspace.store.KeyRange;

/**
 * The ranges of one shard's keys that reads go over, each in the table or tables that it names.
 *
 * <p>Arguments are checked as {@link Keys} checks them. Immutable and thread-safe.
 */
public final class KeyRanges {
    private final Keys keys;

    KeyRanges(Keys keys) {
        this.keys = keys;
    }

    /** Returns all keys of all shards, in any table. */
    public static KeyRange everything() {
        byte[] reservedShard = {(byte) 0xFF, (byte) 0xFF};
        return KeyRange.between(new byte[0], reservedShard);
    }

    /** Returns all rows of a kind in {@code meta}, in order of their ids. */
    public KeyRange metaRows(MetaKind kind) {
        return KeyRange.ofPrefix(keys.kindPrefix(kind, 0).array());
    }

    /** Returns all of a workspace, in {@code head}, {@code ver}, {@code log} or {@code idx}. */
    public KeyRange allOfWorkspace(long workspaceId) {
        return KeyRange.ofPrefix(keys.workspacePrefix(workspaceId, 0).array());
    }

    /** Returns all of the workspaces whose ids lie between two, in the same tables. */
    public KeyRange allOfWorkspaces(long firstInclusive, long lastInclusive) {
        return KeyRange.between(
                allOfWorkspace(firstInclusive).fromInclusive(),
                allOfWorkspace(lastInclusive).toExclusive());
    }

    /** Returns the objects of a type, in {@code head} or {@code ver}, in order of their names. */
    public KeyRange objects(long workspaceId, int typeId) {
        return KeyRange.ofPrefix(keys.typePrefix(workspaceId, typeId, 0).array());
    }

    /** Returns the objects of a type whose names come after one, in {@code head} or {@code ver}. */
    public KeyRange objectsAfter(long workspaceId, int typeId, String nameExclusive) {
        byte[] from = KeyRange.afterPrefix(keys.head(workspaceId, typeId, nameExclusive));
        return KeyRange.between(from, objects(workspaceId, typeId).toExclusive());
    }

    /** Returns the versions of one name, in {@code ver}, newest first. */
    public KeyRange versions(long workspaceId, int typeId, String name) {
        return KeyRange.ofPrefix(keys.head(workspaceId, typeId, name));
    }

    /** Returns the versions of one name at a revision and before it, in {@code ver}, newest first. */
    public KeyRange versionsAt(long workspaceId, int typeId, String name, long revisionInclusive) {
        byte[] from = keys.version(workspaceId, typeId, name, revisionInclusive);
        return KeyRange.between(from, KeyRange.afterPrefix(keys.head(workspaceId, typeId, name)));
    }

    /** Returns the commits of a workspace after one revision, through another, in {@code log}. */
    public KeyRange log(long workspaceId, long afterExclusive, long throughInclusive) {
        byte[] end = allOfWorkspace(workspaceId).toExclusive();
        return KeyRange.between(
                afterExclusive == Long.MAX_VALUE ? end : keys.log(workspaceId, afterExclusive + 1),
                throughInclusive == Long.MAX_VALUE ? end : keys.log(workspaceId, throughInclusive + 1));
    }

    /** Returns the commit batches whose first sequence is at or after one, in {@code seq}. */
    public KeyRange sequencesFrom(long firstSequenceInclusive) {
        byte[] end = KeyRange.afterPrefix(keys.shardPrefix(0).array());
        return KeyRange.between(keys.sequence(firstSequenceInclusive), end);
    }

    /** Returns the objects of which a field has a value, in {@code idx}, in order of their names. */
    public KeyRange indexed(long workspaceId, int typeId, int field, String value) {
        return KeyRange.ofPrefix(
                keys.valuePrefix(workspaceId, typeId, field, value, 0).array());
    }

    /** Returns the objects of which a field is indexed, in {@code idx}, in order of its values. */
    public KeyRange indexed(long workspaceId, int typeId, int field) {
        return KeyRange.ofPrefix(keys.fieldPrefix(workspaceId, typeId, field, 0).array());
    }

    /** Returns what all buckets before one hold, in {@code dedup}. */
    public KeyRange bucketsBefore(int bucketExclusive) {
        return KeyRange.between(
                keys.bucketPrefix(0, 0).array(),
                keys.bucketPrefix(bucketExclusive, 0).array());
    }

    /** Returns what a bucket holds, in {@code dedup}. */
    public KeyRange bucket(int bucket) {
        return KeyRange.ofPrefix(keys.bucketPrefix(bucket, 0).array());
    }
}
