package dev.proreus.workspace.tree;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Termination;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.WorkspacePath;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One workspace as it was last published: who it is, and how far its sequence of commits has come.
 *
 * <p>Identity never changes. The progress is written only by the thread that writes a batch, after the commit is
 * durable, and read by any.
 */
public final class Workspace {
    private final Place place;
    private final UUID uid;
    private final UUID incarnation;
    private final Instant created;
    private volatile Progress progress;
    private volatile long subtreeFloor;
    private volatile long claimsFreed;
    private volatile boolean gone;
    private @Nullable Workspace parent;

    /**
     * How far a workspace has come: published as one, so that its parts agree.
     *
     * @param revision the newest revision
     * @param own what it holds itself
     * @param subtree what it and all workspaces below it hold together
     * @param claimsFreed the newest revision at which an agent's claim was given up; 0 where none ever was
     * @param floor the oldest revision that can still be read
     * @param floorSequence of the commit that made it; 0 where the floor was never raised
     * @param historyBytes bytes of versions and log rows above the floor
     * @param ownRetention what of history is to be kept, where that is less than the store keeps
     * @param quotas how much it may hold
     * @param termination how it is being deleted; null where it is not, or only as a part of one that is
     */
    public record Progress(
            long revision,
            Usage own,
            Usage subtree,
            long claimsFreed,
            long floor,
            long floorSequence,
            long historyBytes,
            Retention ownRetention,
            Quotas quotas,
            @Nullable Termination termination) {
        /** Of a workspace in which nothing has happened. */
        public static final Progress NONE =
                new Progress(0, Usage.NONE, Usage.NONE, 0, 0, 0, 0, Retention.UNSAID, Quotas.UNLIMITED, null);
    }

    /** Describes a workspace that has come so far. */
    public Workspace(Place place, UUID uid, UUID incarnation, Instant created, Progress progress) {
        this.place = place;
        this.uid = uid;
        this.incarnation = incarnation;
        this.created = created;
        this.progress = progress;
    }

    /** Returns the internal id: a counter of the shard, never shown to users and never reused. */
    public long id() {
        return place.ancestor(0);
    }

    public WorkspacePath path() {
        return new WorkspacePath(place.path());
    }

    /** Returns where it lies, by path and by the ids of those above it. */
    public Place place() {
        return place;
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
        return progress.revision;
    }

    /** Returns the count of objects. */
    public long objects() {
        return progress.own.objects();
    }

    /**
     * Returns the newest revision at which an agent's claim was given up; 0 where none ever was. Whoever sees a claim
     * gone sees this as well.
     */
    public long claimsFreed() {
        return Math.max(progress.claimsFreed, claimsFreed);
    }

    /** Shows that a claim is given up, before it is seen to be gone; only on the thread that writes a batch. */
    public void freeClaims(long atRevision) {
        claimsFreed = atRevision;
    }

    /** Returns the oldest revision that can still be read: states at it, and every change after it. */
    public long floor() {
        return progress.floor;
    }

    /**
     * Returns the newest sequence at which a floor in the subtree of this workspace stands, its own included: the
     * subtree's changes after an older one are not all held any more.
     */
    public long subtreeFloor() {
        return subtreeFloor;
    }

    /** Returns the bytes of history above the floor. */
    public long historyBytes() {
        return progress.historyBytes;
    }

    /** Returns what of history is to be kept, where that is less than the store keeps. */
    public Retention ownRetention() {
        return progress.ownRetention;
    }

    /** Returns all that has been published of it, as one. */
    public Progress progress() {
        return progress;
    }

    /** Returns how it is being deleted; null where it is not, or only as a part of one that is. */
    public @Nullable Termination termination() {
        return progress.termination;
    }

    /** Returns whether the workspace has been deleted, by itself or with one above it. */
    public boolean gone() {
        for (Workspace each = this; each != null; each = each.parent) {
            if (each.gone) {
                return true;
            }
        }
        return false;
    }

    /** Enters the tree below another, before anybody else sees it. */
    void enterBelow(@Nullable Workspace above) {
        parent = above;
    }

    /** Shows how far it has come; only on the thread that writes a batch. */
    void publish(Progress newProgress) {
        progress = newProgress;
    }

    /** Shows that a floor in the subtree stands at a sequence; only on the thread that writes a batch. */
    void raiseSubtreeFloor(long sequence) {
        subtreeFloor = Math.max(subtreeFloor, sequence);
    }

    /** Marks the workspace as deleted; only on the thread that writes a batch. */
    public void markGone() {
        gone = true;
    }

    @Override
    public String toString() {
        return place.path();
    }
}
