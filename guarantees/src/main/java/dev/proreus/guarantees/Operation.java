package dev.proreus.guarantees;

import java.util.List;

/**
 * One request that a client made, and what came of it.
 *
 * @param client who made it; clients differ by number only
 * @param called when it was sent, in nanoseconds of one monotonic clock
 * @param returned when its answer was there; meaningless where the answer is unknown
 * @param dryRun whether it asked to write nothing
 * @param parts what it asked for: one, or the several writes of a batch
 * @param answer what came of it
 */
public record Operation(int client, long called, long returned, boolean dryRun, List<Part> parts, Answer answer) {
    /** What is asked for. */
    public enum Verb {
        /** One object. */
        GET(false),
        /** A page of objects. */
        LIST(false),
        /** A new object. */
        CREATE(true),
        /** Another spec for an object that exists. */
        UPDATE(true),
        /** Another status. */
        UPDATE_STATUS(true),
        /** A new object, or another spec. */
        APPLY(true),
        /** The end of an object. */
        DELETE(true),
        /** A new workspace. */
        CREATE_WORKSPACE(true),
        /** The end of a workspace, with all that lies below it. */
        DELETE_WORKSPACE(true),
        /** That a workspace is not deleted after all. */
        UNDELETE_WORKSPACE(true);

        private final boolean writes;

        Verb(boolean writes) {
            this.writes = writes;
        }
    }

    /**
     * One thing asked for.
     *
     * @param verb what is asked for
     * @param key of which object; the name of a list is empty, and so are type and name where a workspace is meant
     * @param uid the identity that the object must have; empty is any
     * @param resourceVersion the resource version that the object must have; 0 is any. Of a read, the past revision
     *     that is asked for; 0 is the newest
     * @param specDigest 64 bits of the spec that is wanted; 0 where none is given
     */
    public record Part(Verb verb, Key key, String uid, long resourceVersion, long specDigest) {}

    /** Takes a copy. */
    public Operation {
        parts = List.copyOf(parts);
    }

    /** Returns the workspace that it speaks of. */
    public String workspace() {
        return parts.get(0).key().workspace();
    }

    /** Returns whether it may have changed something. */
    public boolean writes() {
        return parts.get(0).verb().writes && !dryRun;
    }

    /** Returns the operation as people read it. */
    @Override
    public String toString() {
        Part first = parts.get(0);
        return first.verb() + " " + first.key() + (parts.size() > 1 ? " and " + (parts.size() - 1) + " more" : "")
                + (dryRun ? ", dry run," : "") + " by client " + client;
    }
}
