package dev.proreus.workspace.watch;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import java.util.function.Supplier;

/**
 * What a subscription asks for.
 *
 * @param scope where
 * @param typeId internal id of the resource type
 * @param filter which objects; asked on the loop at each start of a snapshot, before going live and when claims moved,
 *     since claims of others may narrow or widen it: where the answer differs, the subscription starts over with a
 *     snapshot. The answer must have changed before the {@link dev.proreus.workspace.ClaimsMoved} that tells of it is
 *     published
 * @param start where to start
 * @param mode which changes
 * @param previous whether events carry the state before: those that say modified, and in mode EVERY those that say
 *     added of an object that was there before and did not match. Deleted and left are that state themselves
 * @param framed whether snapshots are framed by {@link WatchSink#snapshotBegin}, as in agents' streams, and a position
 *     that fell below the floor is answered with one; elsewhere only the closing bookmark tells, and such a position
 *     ends the subscription
 * @param ownEpoch epoch of the agent's session whose status-only changes are not echoed; 0 for none
 */
public record WatchSpec(
        Scope scope,
        int typeId,
        Supplier<WatchFilter> filter,
        WatchStart start,
        WatchMode mode,
        boolean previous,
        boolean framed,
        long ownEpoch) {
    /** Asks for every change in one workspace, without the states before. */
    public WatchSpec(
            long workspaceId,
            int typeId,
            Supplier<WatchFilter> filter,
            WatchStart start,
            boolean framed,
            long ownEpoch) {
        this(new Scope.OneWorkspace(workspaceId), typeId, filter, start, WatchMode.EVERY, false, framed, ownEpoch);
    }

    /** Returns the workspace, or the one at the top of the subtree. */
    public long workspaceId() {
        return scope.workspaceId();
    }

    /**
     * Returns whether what could not be read is passed over: in a subtree a workspace that is gone is, since the watch
     * is told later on that it is, and with it all that it held.
     */
    boolean passesOver(RefusedException refusal) {
        return scope instanceof Scope.Subtree && refusal.reason() == Reason.WORKSPACE_DELETED;
    }
}
