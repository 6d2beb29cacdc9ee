package dev.proreus.workspace.tree;

import dev.proreus.workspace.WorkspacePath;
import java.time.Instant;
import java.util.UUID;

/**
 * One workspace as it was last published: who it is, and how far its sequence of commits has come.
 *
 * <p>Identity never changes. The counters are written by the committer's thread alone, after the commit is durable, and
 * read by any.
 */
public final class Workspace {
    private final long id;
    private final WorkspacePath path;
    private final UUID uid;
    private final UUID incarnation;
    private final Instant created;
    private volatile long revision;
    private volatile long objects;
    private volatile long claimsFreed;
    private volatile boolean gone;

    /** Describes a workspace that has {@code objects} objects at {@code revision}. */
    public Workspace(
            long id,
            WorkspacePath path,
            UUID uid,
            UUID incarnation,
            Instant created,
            long revision,
            long objects,
            long claimsFreed) {
        this.id = id;
        this.path = path;
        this.uid = uid;
        this.incarnation = incarnation;
        this.created = created;
        this.revision = revision;
        this.objects = objects;
        this.claimsFreed = claimsFreed;
    }

    /** Returns the internal id: a counter of the shard, never shown to users and never reused. */
    public long id() {
        return id;
    }

    public WorkspacePath path() {
        return path;
    }

    /** Returns the random identity that users may see. */
    public UUID uid() {
        return uid;
    }

    /** Returns the mark of the history line that the revisions belong to. */
    public UUID incarnation() {
        return incarnation;
    }

    public Instant created() {
        return created;
    }

    /** Returns the newest published revision; 0 before the first commit. */
    public long revision() {
        return revision;
    }

    /** Returns the count of objects. */
    public long objects() {
        return objects;
    }

    /** Returns the newest revision at which an agent's claim was given up; 0 where none ever was. */
    public long claimsFreed() {
        return claimsFreed;
    }

    /** Returns whether the workspace has been deleted. */
    public boolean gone() {
        return gone;
    }

    /** Raises the counters; on the committer's thread only. */
    public void publish(long newRevision, long newObjects, long newClaimsFreed) {
        objects = newObjects;
        claimsFreed = newClaimsFreed;
        revision = newRevision;
    }

    /** Marks the workspace as deleted; on the committer's thread only. */
    public void markGone() {
        gone = true;
    }

    @Override
    public String toString() {
        return path.text();
    }
}
