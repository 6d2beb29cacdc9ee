package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Operation;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.engine.ObjectRead;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Agents that open sessions, one of which fences off the one before, claim objects and report on them. */
final class Agents {
    private static final List<String> NAMES = List.of("a", "aa");
    private static final List<String> VALUES = List.of("x", "y", "xy");
    private static final int REMEMBERED = 8;
    private static final int SUBSCRIPTIONS = 6;

    private final World world;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Driven> driven = new ArrayList<>();
    private int instances;

    Agents(World world) {
        this.world = world;
    }

    /**
     * A session that was granted.
     *
     * @param fence by which it reports
     * @param claim what it asked for
     * @param told when the agent was told of it
     */
    private record Session(Fence fence, Claim claim, long told) {}

    void act(SplittableRandom random) {
        Workspace home = world.workspace(random);
        TypeDefinition type = world.robots(home);
        if (type == null) {
            return;
        }
        int what = sessions.isEmpty() ? random.nextInt(3) : random.nextInt(14);
        switch (what) {
            case 0, 1 -> open(home, World.one(NAMES, random), claim(type, random));
            case 2 -> subscribe(home, claim(type, random), random);
            case 3, 4 -> subscribe(World.one(sessions, random), random);
            default -> go(what, type, random);
        }
    }

    private void go(int what, TypeDefinition type, SplittableRandom random) {
        Fence fence = World.one(sessions, random).fence();
        Workspace place = world.engine().workspaces().byId(fence.workspaceId());
        if (place == null) {
            return;
        }
        switch (what) {
            case 5 -> told("claim", fence, world.engine().claim(fence, claim(type, random)));
            case 6 -> told("unclaim", fence, world.engine().unclaim(fence, claim(type, random)));
            case 7 -> told("close", fence, world.engine().closeSession(fence));
            case 8 -> goOn(random.nextInt(2));
            default -> world.writes().report(place, fence, random);
        }
    }

    private void subscribe(Session session, SplittableRandom random) {
        Workspace home = world.engine().workspaces().byId(session.fence().workspaceId());
        if (home != null) {
            subscribe(home, session.claim(), random);
        }
    }

    private void subscribe(Workspace home, Claim claim, SplittableRandom random) {
        if (driven.size() < SUBSCRIPTIONS) {
            WatchMode mode = random.nextInt(3) == 0 ? WatchMode.EVERY : WatchMode.LATEST;
            Driven made = new Driven(world, home, claim, mode, driven.size());
            driven.add(made);
            made.begin();
        }
    }

    /** Lets those go on that are cut off, but for so many. */
    private void goOn(int left) {
        List<Driven> idle =
                driven.stream().filter(each -> !each.runs() && !each.over()).toList();
        idle.subList(0, Math.max(0, idle.size() - left)).forEach(Driven::begin);
    }

    /** Takes note that the process is no more. */
    void broken() {
        driven.forEach(Driven::broken);
    }

    /** Lets all subscriptions go on, and asks for what they have missed. */
    void release() {
        goOn(0);
        driven.forEach(Driven::requestBookmark);
    }

    /** Holds what each subscription holds against what its claim drives; nothing happens any more. */
    void requireDriven() {
        for (Driven each : driven) {
            Workspace home = world.engine().workspaces().byId(each.workspaceId());
            TypeDefinition type = home == null ? null : world.robots(home);
            if (home == null && !each.over()) {
                world.violated("Deletions", each.toString(), "an end, with its workspace", "none");
            }
            if (each.over() || home == null || type == null) {
                continue;
            }
            Map<String, Long> right = new TreeMap<>();
            WatchFilter filter = world.engine().driven(home, each.claim()).get();
            var unused = world.engine()
                    .list(home, type, Selector.EVERY, 0, 0, "")
                    .thenAccept(page -> page.items().stream()
                            .map(ObjectRead::state)
                            .filter(state -> filter.matches(state.selectable()))
                            .forEach(state -> right.put(state.name(), state.revision())));
            world.life().rest(new SplittableRandom(0));
            if (!right.equals(each.held())) {
                world.violated(
                        "Driven", each.toString(), right.toString(), each.held().toString());
            }
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
                            granted(new Fence(home.id(), agent, grant.epoch()), claim);
                        }
                    }
                });
    }

    private void granted(Fence fence, Claim claim) {
        sessions.add(new Session(fence, claim, world.scribe().now()));
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
