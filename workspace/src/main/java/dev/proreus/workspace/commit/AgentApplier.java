package dev.proreus.workspace.commit;

import dev.proreus.workspace.ClaimsMoved;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.agent.AgentCodec;
import dev.proreus.workspace.agent.AgentRecord;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.agent.ClaimTable;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Applies what agents do to their Agent objects, and judges whether a report comes from the driver. */
final class AgentApplier {
    private final State state;
    private final Published published;

    AgentApplier(State state, Published published) {
        this.state = state;
        this.published = published;
    }

    SessionGrant open(Command.OpenSession command, Batch batch) {
        WorkspaceState home = state.workspace(command.workspaceId());
        AgentRecord before = state.agents.agent(home.id(), command.agent());
        checkNotSuperseded(before, command);
        long epoch = home.revision() + 1;
        Map<Claim, Long> claims = new LinkedHashMap<>(before == null ? Map.of() : before.claims());
        Map<Claim, RefusedException> refused = new HashMap<>();
        for (Claim claim : command.claims()) {
            RefusedException refusal = refusalOf(home, claim, command.agent(), claims);
            if (refusal == null) {
                claims.putIfAbsent(claim, epoch);
            } else {
                refused.put(claim, refusal);
            }
        }
        AgentRecord after = new AgentRecord(
                command.agent(),
                epoch,
                true,
                command.instance(),
                command.sdk(),
                command.time(),
                superseded(before, command.instance()),
                claims);
        write(home, after, command.freshUid(), command.time(), batch);
        return new SessionGrant(epoch, refused);
    }

    void change(Command.ChangeClaims command, Batch batch) {
        WorkspaceState home = state.workspace(command.fence().workspaceId());
        AgentRecord before = fenced(command.fence());
        Map<Claim, Long> claims = new LinkedHashMap<>(before.claims());
        Claim taken = command.taken();
        if (taken != null) {
            RefusedException refusal = refusalOf(home, taken, before.name(), claims);
            if (refusal != null) {
                throw refusal;
            }
            claims.putIfAbsent(taken, home.revision() + 1);
        }
        if (command.freed() != null) {
            claims.remove(command.freed());
        }
        if (!claims.equals(before.claims())) {
            write(home, before.withClaims(claims), null, command.time(), batch);
        }
    }

    void close(Command.CloseSession command, Batch batch) {
        AgentRecord before = state.agents.agent(
                command.fence().workspaceId(), command.fence().agent());
        if (before != null
                && before.connected()
                && before.epoch() == command.fence().epoch()) {
            WorkspaceState home = state.workspace(command.fence().workspaceId());
            write(home, before.disconnected(command.time()), null, command.time(), batch);
        }
    }

    /** Frees what an agent claimed whose object was deleted. */
    void forget(WorkspaceState home, String name, Batch batch) {
        AgentRecord before = state.agents.agent(home.id(), name);
        state.agents.remove(home.id(), name);
        if (before != null && !before.claims().isEmpty()) {
            freed(home, home.revision(), batch);
        }
        batch.whenDurable(() -> published.agents().remove(home.id(), name));
        if (before != null && !before.claims().isEmpty()) {
            moved(home, before.claims().keySet(), batch);
        }
    }

    /**
     * Forgets all claims on a type that has gone, as a start does. What is stored of an agent is written without them
     * when next it changes: they name a type that nothing else can become.
     */
    void forgetClaimsOn(int typeId, Batch batch) {
        state.agents.removeClaimsOn(typeId);
        batch.whenDurable(() -> published.agents().removeClaimsOn(typeId));
    }

    /** Forgets the agents of workspaces that have gone. */
    void forgetAllOf(Set<Long> workspaceIds, Batch batch) {
        state.agents.removeAllOf(workspaceIds);
        batch.whenDurable(() -> published.agents().removeAllOf(workspaceIds));
    }

    /** Refuses a status write of anybody but the object's driver. */
    void checkDriver(
            WorkspaceState workspace,
            TypeDefinition type,
            String name,
            @Nullable String assignment,
            @Nullable Fence fence) {
        if (fence != null) {
            fenced(fence);
        }
        String driver = state.agents.claims(workspace.id(), type.id()).driverOf(type.id(), name, assignment);
        boolean drives =
                fence == null ? driver == null : fence.agent().equals(driver) && fence.workspaceId() == workspace.id();
        if (!drives) {
            throw RefusedException.because(
                            Reason.NOT_DRIVER,
                            driver == null
                                    ? "no claim of yours covers " + name + ": subscribe with a claim on it first"
                                    : "the status of " + name + " is written by its driver, agent " + driver
                                            + ": write an object of your own instead")
                    .with("name", name)
                    .with("driver", driver == null ? "" : driver);
        }
    }

    private AgentRecord fenced(Fence fence) {
        AgentRecord agent = state.agents.agent(fence.workspaceId(), fence.agent());
        if (agent == null || agent.epoch() != fence.epoch()) {
            throw RefusedException.because(
                            Reason.SUPERSEDED,
                            agent == null
                                    ? "the Agent object " + fence.agent() + " was deleted: connect again"
                                    : "a newer session of agent " + fence.agent() + " has taken over, epoch "
                                            + agent.epoch() + " after " + fence.epoch())
                    .with("agent", fence.agent());
        }
        return agent;
    }

    private static void checkNotSuperseded(@Nullable AgentRecord before, Command.OpenSession command) {
        if (before != null && before.connected() && before.superseded().contains(command.instance())) {
            throw RefusedException.because(
                            Reason.SUPERSEDED,
                            "instance " + command.instance() + " of agent " + command.agent()
                                    + " was taken over from by instance " + before.instance()
                                    + ", which lives: stop this one, or give it an agent name of its own")
                    .with("agent", command.agent())
                    .with("instance", before.instance());
        }
    }

    private static List<String> superseded(@Nullable AgentRecord before, String instance) {
        if (before == null) {
            return List.of();
        }
        List<String> list = new ArrayList<>(before.superseded());
        if (!before.instance().equals(instance)) {
            list.add(before.instance());
        }
        list.remove(instance);
        int tooMany = Math.max(0, list.size() - Limits.SUPERSEDED_INSTANCES);
        return list.subList(tooMany, list.size());
    }

    /**
     * Returns why an agent cannot have a claim beside those that it holds, or null where it can: one of many is refused
     * by itself, and the session goes on.
     */
    private @Nullable RefusedException refusalOf(
            WorkspaceState home, Claim claim, String agent, Map<Claim, Long> held) {
        TypeDefinition type;
        try {
            type = state.type(claim.typeId());
        } catch (RefusedException gone) {
            return gone;
        }
        if (!held.containsKey(claim) && held.size() >= Limits.AGENT_CLAIMS) {
            return RefusedException.because(
                            Reason.QUOTA_EXCEEDED,
                            "agent " + agent + " holds " + held.size() + " claims, which is the most: end some by"
                                    + " unsubscribing, or delete the Agent object and with it all")
                    .with("agent", agent)
                    .with("claims", held.size());
        }
        ClaimTable table = state.agents.claims(home.id(), claim.typeId());
        String holder = table.holder(claim);
        if (holder == null || holder.equals(agent)) {
            return null;
        }
        return RefusedException.because(
                        Reason.CLAIM_HELD,
                        "the claim on " + type.names().full() + " by " + claim + " is held by agent " + holder
                                + ": choose another claim, or end that agent's")
                .with("type", type.names().full())
                .with("claim", claim)
                .with("agent", holder);
    }

    private void write(WorkspaceState home, AgentRecord after, @Nullable UUID freshUid, Instant time, Batch batch) {
        AgentRecord before = state.agents.agent(home.id(), after.name());
        Set<Claim> held = before == null ? Set.of() : before.claims().keySet();
        Stored current = batch.find(home.id(), SystemTypes.AGENTS.id(), after.name());
        Mutation written = mutation(home, after, current, freshUid, time);
        if (current == null) {
            home.checkNotTerminating();
            home.checkRoom(written.growth());
        }
        if (!after.claims().keySet().containsAll(held)) {
            freed(home, home.revision() + 1, batch);
        }
        batch.commit(home, List.of(written), time);
        state.agents.put(home.id(), after);
        batch.whenDurable(() -> published.agents().put(home.id(), after));
        Set<Claim> changed = new HashSet<>(held);
        changed.removeAll(after.claims().keySet());
        after.claims().keySet().stream().filter(claim -> !held.contains(claim)).forEach(changed::add);
        moved(home, changed, batch);
    }

    /** Takes note that claims are given up, which readers see before they see them gone. */
    private void freed(WorkspaceState home, long revision, Batch batch) {
        home.noteClaimsFreedAt(revision);
        batch.whenDurable(() -> {
            Workspace live = published.tree().byId(home.id());
            if (live != null) {
                live.freeClaims(revision);
            }
        });
    }

    private Mutation mutation(
            WorkspaceState home, AgentRecord after, @Nullable Stored current, @Nullable UUID freshUid, Instant time) {
        long revision = home.revision() + 1;
        if (current != null) {
            UUID uid = current.head().uid();
            ObjectSections next = AgentCodec.encode(after, current.sections().metadata(), state.types::get);
            Stored made = Stored.at(revision, uid, next, Stored.SERVER);
            return new Mutation(SystemTypes.AGENTS, after.name(), uid, current, made, Sections.STATUS, 0, 0);
        }
        if (freshUid == null) {
            throw new IllegalStateException("agent " + after.name() + " is recorded, but has no object");
        }
        MetaSections metadata = MetaSections.EMPTY
                .withName(after.name())
                .withUid(freshUid.toString())
                .withGeneration(1)
                .withCreation(time);
        ObjectSections first = AgentCodec.encode(after, metadata, state.types::get);
        return Mutation.create(
                SystemTypes.AGENTS, after.name(), Stored.at(revision, freshUid, first, Stored.SERVER), 0);
    }

    private void moved(WorkspaceState home, Set<Claim> claims, Batch batch) {
        claims.stream()
                .map(Claim::typeId)
                .distinct()
                .sorted()
                .forEach(typeId -> batch.publish(new ClaimsMoved(state.applied.sequence(), home.id(), typeId)));
    }
}
