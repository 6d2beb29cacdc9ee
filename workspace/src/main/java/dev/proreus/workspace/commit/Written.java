package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;

/**
 * What a write of one object did, once it is durable; for a dry run what it would do.
 *
 * @param typeId internal id of the resource type
 * @param object wire bytes of the object now; for DELETED as it last was
 * @param revision the workspace's revision at which the object last changed; for DELETED the one of the deletion; for a
 *     dry run the resource version that the object has, 0 for one that it would create
 * @param outcome what the write did
 */
public record Written(int typeId, ByteString object, long revision, Outcome outcome) {
    /** What a write did. */
    public enum Outcome {
        /** The object is new. */
        CREATED,
        /** The object changed. */
        UPDATED,
        /** The request equals what is stored; no revision was taken. */
        UNCHANGED,
        /** The object is gone. */
        DELETED
    }
}
