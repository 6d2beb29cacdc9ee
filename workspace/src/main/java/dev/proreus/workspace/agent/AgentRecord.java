package dev.proreus.workspace.agent;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an Agent object says: who reconciles, as recorded at its last transition. Immutable.
 *
 * @param name name of the agent
 * @param epoch revision of the commit that recorded its newest session; writes under an older one are refused
 * @param connected whether that session lives, as far as is recorded
 * @param instance the instance whose session it is
 * @param sdk what speaks, for people
 * @param transition when connected last changed or another instance took over
 * @param superseded instances that were taken over from, newest last, at most
 *     {@link dev.proreus.workspace.Limits#SUPERSEDED_INSTANCES}
 * @param claims what it drives, each with the revision since which it holds it
 */
public record AgentRecord(
        String name,
        long epoch,
        boolean connected,
        String instance,
        String sdk,
        Instant transition,
        List<String> superseded,
        Map<Claim, Long> claims) {
    public AgentRecord {
        superseded = List.copyOf(superseded);
        claims = Map.copyOf(claims);
    }

    /** Returns a copy with these claims. */
    public AgentRecord withClaims(Map<Claim, Long> newClaims) {
        return new AgentRecord(name, epoch, connected, instance, sdk, transition, superseded, newClaims);
    }

    /** Returns this without the claims on a type; itself where it has none. */
    AgentRecord withoutClaimsOn(int typeId) {
        if (claims.keySet().stream().noneMatch(claim -> claim.typeId() == typeId)) {
            return this;
        }
        Map<Claim, Long> others = new HashMap<>(claims);
        others.keySet().removeIf(claim -> claim.typeId() == typeId);
        return withClaims(others);
    }

    /** Returns a copy that is no longer connected since {@code when}. */
    public AgentRecord disconnected(Instant when) {
        return new AgentRecord(name, epoch, false, instance, sdk, when, superseded, claims);
    }
}
