package dev.proreus.workspace.watch;

import java.util.function.Supplier;

/**
 * What a subscription asks for.
 *
 * @param workspaceId internal id of the workspace
 * @param typeId internal id of the resource type
 * @param filter which objects; asked on the loop at each start of a snapshot, before going live and when claims moved,
 *     since claims of others may narrow or widen it: where the answer differs, the subscription starts over with a
 *     snapshot. The answer must have changed before the {@link dev.proreus.workspace.ClaimsMoved} that tells of it is
 *     published
 * @param start where to start
 * @param framed whether snapshots are framed by {@link WatchSink#snapshotBegin}, as in agents' streams, and a position
 *     that fell below the floor is answered with one; elsewhere only the closing bookmark tells, and such a position
 *     ends the subscription
 * @param ownEpoch epoch of the agent's session whose status-only changes are not echoed; 0 for none
 */
public record WatchSpec(
        long workspaceId, int typeId, Supplier<WatchFilter> filter, WatchStart start, boolean framed, long ownEpoch) {}
