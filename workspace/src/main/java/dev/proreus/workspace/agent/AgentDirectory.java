package dev.proreus.workspace.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * All Agent objects by workspace and name, and the claims that follow from them. Any thread may read; one thread alone
 * changes it, after what it shows is durable.
 */
public final class AgentDirectory {
    private final ConcurrentMap<AgentKey, AgentRecord> agents = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClaimScope, ClaimTable> tables = new ConcurrentHashMap<>();

    /** Returns what is recorded of an agent, or null where there is no such Agent object. */
    public @Nullable AgentRecord agent(long workspaceId, String name) {
        return agents.get(new AgentKey(workspaceId, name));
    }

    /** Returns the claims on a type's objects in a workspace. */
    public ClaimTable claims(long workspaceId, int typeId) {
        return tables.getOrDefault(new ClaimScope(workspaceId, typeId), ClaimTable.EMPTY);
    }

    /** Returns the newest revision at which a claim on the type that is held today was taken; 0 where there is none. */
    public long newestClaim(long workspaceId, int typeId) {
        long newest = 0;
        for (Map.Entry<Claim, String> held :
                claims(workspaceId, typeId).holders().entrySet()) {
            AgentRecord agent = agent(workspaceId, held.getValue());
            if (agent != null) {
                newest = Math.max(newest, agent.claims().getOrDefault(held.getKey(), 0L));
            }
        }
        return newest;
    }

    /** Returns every agent that is recorded as connected, by workspace id and name. */
    public Map<AgentKey, AgentRecord> connected() {
        Map<AgentKey, AgentRecord> connected = new HashMap<>();
        agents.forEach((key, agent) -> {
            if (agent.connected()) {
                connected.put(key, agent);
            }
        });
        return connected;
    }

    /** Records an agent in place of what was recorded of it; on the writing thread only. */
    public void put(long workspaceId, AgentRecord agent) {
        AgentRecord before = agents.put(new AgentKey(workspaceId, agent.name()), agent);
        Set<Claim> held = before == null ? Set.of() : before.claims().keySet();
        Set<Claim> wanted = agent.claims().keySet();
        held.stream().filter(claim -> !wanted.contains(claim)).forEach(claim -> free(workspaceId, claim));
        wanted.stream().filter(claim -> !held.contains(claim)).forEach(claim -> hold(workspaceId, claim, agent.name()));
    }

    /** Forgets an agent and frees its claims; on the writing thread only. */
    public void remove(long workspaceId, String name) {
        AgentRecord before = agents.remove(new AgentKey(workspaceId, name));
        if (before != null) {
            before.claims().keySet().forEach(claim -> free(workspaceId, claim));
        }
    }

    private void hold(long workspaceId, Claim claim, String agent) {
        tables.merge(
                new ClaimScope(workspaceId, claim.typeId()),
                ClaimTable.EMPTY.with(claim, agent),
                (table, one) -> table.with(claim, agent));
    }

    private void free(long workspaceId, Claim claim) {
        tables.computeIfPresent(new ClaimScope(workspaceId, claim.typeId()), (scope, table) -> {
            ClaimTable rest = table.without(claim);
            return rest.holders().isEmpty() ? null : rest;
        });
    }

    /**
     * Names an agent.
     *
     * @param workspaceId internal id of its home workspace
     * @param name name of the Agent object
     */
    public record AgentKey(long workspaceId, String name) {}

    private record ClaimScope(long workspaceId, int typeId) {}
}
