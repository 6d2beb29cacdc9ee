package dev.proreus.workspace.agent;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims on one type's objects in one workspace, each with the agent that holds it. Immutable, with {@code equals}
 * by value, so that a watch can tell whether anything moved.
 *
 * @param holders names of the agents by their claims
 */
public record ClaimTable(Map<Claim, String> holders) {
    /** The table without a claim. */
    public static final ClaimTable EMPTY = new ClaimTable(Map.of());

    public ClaimTable {
        holders = Map.copyOf(holders);
    }

    /** Returns the most specific claim on an object of type {@code typeId}, or null where none covers it. */
    public @Nullable Claim claimOn(int typeId, String name, @Nullable String assignment) {
        Claim byName = new Claim(typeId, Claim.Kind.NAME, name);
        if (holders.containsKey(byName)) {
            return byName;
        }
        if (assignment != null) {
            Claim byValue = new Claim(typeId, Claim.Kind.ASSIGNMENT, assignment);
            if (holders.containsKey(byValue)) {
                return byValue;
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
        return new ClaimTable(more);
    }

    /** Returns this table with one claim free. */
    ClaimTable without(Claim claim) {
        Map<Claim, String> fewer = new HashMap<>(holders);
        fewer.remove(claim);
        return new ClaimTable(fewer);
    }
}
