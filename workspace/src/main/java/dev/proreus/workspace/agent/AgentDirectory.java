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
    private static final ClaimTable NONE = new ClaimTable();

    private final ConcurrentMap<AgentKey, AgentRecord> agents = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClaimScope, ClaimTable> tables = new ConcurrentHashMap<>();

    /** Returns what is recorded of an agent, or null where there is no such Agent object. */
    public @Nullable AgentRecord agent(long workspaceId, String name) {
        return agents.get(new AgentKey(workspaceId, name));
    }

    /** Returns the claims on a type's objects in a workspace. */
    public ClaimTable claims(long workspaceId, int typeId) {
        ClaimTable table = tables.get(new ClaimScope(workspaceId, typeId));
        return table == null ? NONE : table;
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
        Map<Claim, Long> held = before == null ? Map.of() : before.claims();
        for (Claim claim : held.keySet()) {
            if (!agent.claims().containsKey(claim)) {
                free(workspaceId, claim);
            }
        }
        agent.claims().forEach((claim, since) -> {
            if (!since.equals(held.get(claim))) {
                tables.computeIfAbsent(new ClaimScope(workspaceId, claim.typeId()), scope -> new ClaimTable())
                        .hold(claim, agent.name(), since);
            }
        });
    }

    /** Forgets an agent and frees its claims; on the writing thread only. */
    public void remove(long workspaceId, String name) {
        AgentRecord before = agents.remove(new AgentKey(workspaceId, name));
        if (before != null) {
            before.claims().keySet().forEach(claim -> free(workspaceId, claim));
        }
    }

    /** Forgets all claims on a type, in every workspace; on the writing thread only. */
    public void removeClaimsOn(int typeId) {
        agents.replaceAll((key, agent) -> agent.withoutClaimsOn(typeId));
        tables.keySet().removeIf(scope -> scope.typeId() == typeId);
    }

    /** Forgets all agents of workspaces and all claims in them; on the writing thread only. */
    public void removeAllOf(Set<Long> workspaceIds) {
        agents.keySet().removeIf(key -> workspaceIds.contains(key.workspaceId()));
        tables.keySet().removeIf(scope -> workspaceIds.contains(scope.workspaceId()));
    }

    private void free(long workspaceId, Claim claim) {
        ClaimScope scope = new ClaimScope(workspaceId, claim.typeId());
        ClaimTable table = tables.get(scope);
        if (table != null) {
            table.free(claim);
            if (table.isEmpty()) {
                tables.remove(scope);
            }
        }
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
