package dev.proreus.workspace.engine;

import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.agent.ClaimTable;
import dev.proreus.workspace.watch.WatchFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Wants what a claim drives, given all claims on the type: the objects that it covers and no more specific one does. It
 * holds no other claims than those, so that it stays equal, and its watch undisturbed, where agents that could never
 * take anything from this one come and go.
 *
 * @param claim the claim
 * @param held whether an agent holds it
 * @param byName the claims by name that go before it
 * @param byAssignment the claims by assignment that go before it
 */
record DrivenFilter(Claim claim, boolean held, Set<Claim> byName, Set<Claim> byAssignment) implements WatchFilter {
    /** Returns the filter of a claim among the others on its type. */
    static DrivenFilter of(Claim claim, ClaimTable table) {
        boolean held = table.holder(claim) != null;
        return switch (claim.kind()) {
            case NAME -> new DrivenFilter(claim, held, Set.of(), Set.of());
            case ASSIGNMENT -> new DrivenFilter(claim, held, table.byName(), Set.of());
            case WHOLE_TYPE -> new DrivenFilter(claim, held, table.byName(), table.byAssignment());
        };
    }

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
        return held
                && claim.covers(objectName, objectAssignment)
                && !taken(byName, Claim.Kind.NAME, objectName)
                && !taken(byAssignment, Claim.Kind.ASSIGNMENT, objectAssignment);
    }

    private boolean taken(Set<Claim> others, Claim.Kind kind, @Nullable String value) {
        return value != null && !others.isEmpty() && others.contains(new Claim(claim.typeId(), kind, value));
    }
}
