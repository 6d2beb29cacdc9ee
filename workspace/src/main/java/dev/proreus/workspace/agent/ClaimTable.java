package dev.proreus.workspace.agent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims on one type's objects in one workspace, each with the agent that holds it. Immutable. */
public final class ClaimTable {
    /** The table without a claim. */
    public static final ClaimTable EMPTY = new ClaimTable(Map.of(), Set.of(), Set.of());

    private final Map<Claim, String> holders;

    /** The claims by name, and those by assignment: the same sets for as long as none of the kind moves. */
    private final Set<Claim> byName;

    private final Set<Claim> byAssignment;

    private ClaimTable(Map<Claim, String> holders, Set<Claim> byName, Set<Claim> byAssignment) {
        this.holders = Map.copyOf(holders);
        this.byName = Set.copyOf(byName);
        this.byAssignment = Set.copyOf(byAssignment);
    }

    /** Returns the names of the agents by their claims. */
    public Map<Claim, String> holders() {
        return holders;
    }

    /** Returns the claims by name, which go before all others. */
    public Set<Claim> byName() {
        return byName;
    }

    /** Returns the claims by assignment, which go before that on the whole type. */
    public Set<Claim> byAssignment() {
        return byAssignment;
    }

    /** Returns the most specific claim on an object of type {@code typeId}, or null where none covers it. */
    public @Nullable Claim claimOn(int typeId, String name, @Nullable String assignment) {
        Claim named = new Claim(typeId, Claim.Kind.NAME, name);
        if (holders.containsKey(named)) {
            return named;
        }
        if (assignment != null) {
            Claim assigned = new Claim(typeId, Claim.Kind.ASSIGNMENT, assignment);
            if (holders.containsKey(assigned)) {
                return assigned;
            }
        }
        Claim whole = new Claim(typeId, Claim.Kind.WHOLE_TYPE, "");
        return holders.containsKey(whole) ? whole : null;
    }

    /** Returns the name of the agent that drives an object, or null where no claim covers it. */
    public @Nullable String driverOf(int typeId, String name, @Nullable String assignment) {
        Claim claim = claimOn(typeId, name, assignment);
        return claim == null ? null : holders.get(claim);
    }

    /** Returns the name of the agent that holds a claim, or null where it is free. */
    public @Nullable String holder(Claim claim) {
        return holders.get(claim);
    }

    /** Returns this table with one claim held. */
    ClaimTable with(Claim claim, String agent) {
        Map<Claim, String> more = new HashMap<>(holders);
        more.put(claim, agent);
        return of(more, claim.kind());
    }

    /** Returns this table with one claim free. */
    ClaimTable without(Claim claim) {
        Map<Claim, String> fewer = new HashMap<>(holders);
        fewer.remove(claim);
        return of(fewer, claim.kind());
    }

    private ClaimTable of(Map<Claim, String> changed, Claim.Kind moved) {
        return new ClaimTable(
                changed,
                moved == Claim.Kind.NAME ? claims(changed, moved) : byName,
                moved == Claim.Kind.ASSIGNMENT ? claims(changed, moved) : byAssignment);
    }

    private static Set<Claim> claims(Map<Claim, String> holders, Claim.Kind kind) {
        Set<Claim> claims = new HashSet<>();
        for (Claim each : holders.keySet()) {
            if (each.kind() == kind) {
                claims.add(each);
            }
        }
        return claims;
    }
}
