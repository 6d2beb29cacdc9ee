package dev.proreus.workspace.engine;

import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.agent.ClaimTable;
import dev.proreus.workspace.watch.WatchFilter;
import org.jspecify.annotations.Nullable;

/**
 * Wants what a claim drives, given all claims on the type: the objects that it covers and no more specific one does.
 *
 * @param claim the claim
 * @param table all claims on the type in the workspace
 */
record DrivenFilter(Claim claim, ClaimTable table) implements WatchFilter {
    @Override
    public @Nullable String name() {
        return claim.kind() == Claim.Kind.NAME ? claim.value() : null;
    }

    @Override
    public @Nullable String assignment() {
        return claim.kind() == Claim.Kind.ASSIGNMENT ? claim.value() : null;
    }

    @Override
    public boolean matches(String objectName, @Nullable String objectAssignment) {
        return claim.covers(objectName, objectAssignment)
                && claim.equals(table.claimOn(claim.typeId(), objectName, objectAssignment));
    }
}
