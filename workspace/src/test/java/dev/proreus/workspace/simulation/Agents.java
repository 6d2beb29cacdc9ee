package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Operation;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;

/** Agents that open sessions, one of which fences off the one before, claim objects and report on them. */
final class Agents {
    private static final List<String> NAMES = List.of("a", "aa");
    private static final List<String> VALUES = List.of("x", "y", "xy");
    private static final int REMEMBERED = 8;

    private final World world;
    private final List<Session> sessions = new ArrayList<>();
    private int instances;

    Agents(World world) {
        this.world = world;
    }

    /**
     * A session that was granted.
     *
     * @param fence by which it reports
     * @param told when the agent was told of it
     */
    private record Session(Fence fence, long told) {}

    void act(SplittableRandom random) {
        Workspace home = world.workspace(random);
        TypeDefinition type = world.robots(home);
        if (type == null) {
            return;
        }
        int what = sessions.isEmpty() ? 0 : random.nextInt(10);
        if (what < 2) {
            open(home, World.one(NAMES, random), claim(type, random));
            return;
        }
        Fence fence = World.one(sessions, random).fence();
        Workspace place = world.engine().workspaces().byId(fence.workspaceId());
        if (place == null) {
            return;
        }
        switch (what) {
            case 2 -> told("claim", fence, world.engine().claim(fence, claim(type, random)));
            case 3 -> told("unclaim", fence, world.engine().unclaim(fence, claim(type, random)));
            case 4 -> told("close", fence, world.engine().closeSession(fence));
            default -> world.writes().report(place, fence, random);
        }
    }

    private Claim claim(TypeDefinition type, SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Claim(type.id(), Claim.Kind.NAME, world.name(random));
            case 1 -> new Claim(type.id(), Claim.Kind.ASSIGNMENT, World.one(VALUES, random));
            default -> new Claim(type.id(), Claim.Kind.WHOLE_TYPE, "");
        };
    }

    private void open(Workspace home, String agent, Claim claim) {
        Life life = world.life();
        String what = "session of " + agent + " in " + home.path() + " with " + claim;
        world.trace().note(what);
        var unused = world.engine()
                .openSession(home, agent, "instance-" + ++instances, "simulated", List.of(claim))
                .whenComplete((grant, failure) -> {
                    if (life.alive()) {
                        world.trace()
                                .note(what + ": " + (grant == null ? world.refusal(failure, what) : grant.epoch()));
                        if (grant != null) {
                            granted(new Fence(home.id(), agent, grant.epoch()));
                        }
                    }
                });
    }

    private void granted(Fence fence) {
        sessions.add(new Session(fence, world.scribe().now()));
        if (sessions.size() > REMEMBERED) {
            sessions.remove(0);
        }
    }

    private void told(String what, Fence fence, CompletionStage<?> asked) {
        Life life = world.life();
        world.trace().note(what + " of " + fence);
        var unused = asked.whenComplete((done, failure) -> {
            if (life.alive()) {
                world.trace()
                        .note(what + " of " + fence + ": " + (failure == null ? "done" : world.refusal(failure, what)));
            }
        });
    }

    /** Takes note that a report was written: no newer session may have been granted when it was sent. */
    void reported(Fence fence, Operation asked) {
        for (Session each : sessions) {
            boolean newer = each.fence().workspaceId() == fence.workspaceId()
                    && each.fence().agent().equals(fence.agent())
                    && each.fence().epoch() > fence.epoch();
            if (newer && each.told() < asked.called()) {
                world.violated(
                        "Fenced", asked.toString(), "a refusal, since " + each.fence() + " is newer", "" + fence);
            }
        }
    }
}
