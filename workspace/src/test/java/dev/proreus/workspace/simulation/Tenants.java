package dev.proreus.workspace.simulation;

import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.commit.WorkspaceUpdate;
import dev.proreus.workspace.tree.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;

/** Those who make workspaces and limit them, and what quotas they were told stand. */
final class Tenants {
    private final World world;
    private final Map<Long, Integer> open = new HashMap<>();
    private final List<Standing> quotas = new ArrayList<>();
    private final List<WorkspacePath> paths = new ArrayList<>();

    Tenants(World world) {
        this.world = world;
    }

    /** A quota that stood from one batch of the disk until before another one. */
    static final class Standing {
        final long workspaceId;
        final long objects;
        final boolean subtree;
        final int from;
        int to = Integer.MAX_VALUE;

        Standing(long workspaceId, long objects, boolean subtree, int from) {
            this.workspaceId = workspaceId;
            this.objects = objects;
            this.subtree = subtree;
            this.from = from;
        }
    }

    List<Standing> quotas() {
        return quotas;
    }

    void act(SplittableRandom random) {
        Workspace workspace = world.workspace(random);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> create(workspace);
            case 3 -> world.removals().delete(workspace, WorkspaceDeletion.IF_EMPTY);
            case 4 -> retain(workspace, random);
            default -> limit(workspace, random);
        }
    }

    /** Makes a workspace whose name begins with those of all before. */
    void create(Workspace parent) {
        if (paths.size() < world.plan().workspaces()) {
            WorkspacePath path = parent.path().child("w".repeat(paths.size() + 1));
            paths.add(path);
            create(path);
        }
    }

    /** Makes a workspace where one was, or perhaps still is. */
    void createAgain(SplittableRandom random) {
        List<WorkspacePath> free = paths.stream()
                .filter(path -> world.engine().workspaces().find(path) == null)
                .toList();
        if (!paths.isEmpty()) {
            create(World.one(free.isEmpty() ? paths : free, random));
        }
    }

    private void create(WorkspacePath path) {
        Life life = world.life();
        long called = world.scribe().now();
        world.trace().note("create " + path);
        var unused = world.engine().createWorkspace(path).whenComplete((made, failure) -> {
            if (life.alive() && made != null) {
                world.removals().created(path, made, called);
            } else if (life.alive()) {
                world.trace().note("create " + path + ": " + world.refusal(failure, "create " + path));
            }
        });
    }

    private void retain(Workspace workspace, SplittableRandom random) {
        Duration age = Duration.ofSeconds(random.nextInt(3));
        long bytes = random.nextInt(2_000);
        long most = world.plan().retention().bytes();
        told(
                "retain " + bytes + " in " + workspace.path(),
                world.engine()
                        .updateWorkspace(
                                workspace.path(),
                                new WorkspaceUpdate(age, Math.min(bytes, most), null, null, null, null)));
    }

    private void limit(Workspace workspace, SplittableRandom random) {
        long objects =
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(2 * world.plan().names());
        boolean subtree = random.nextInt(3) == 0;
        WorkspaceUpdate update = subtree
                ? new WorkspaceUpdate(null, null, null, null, objects, null)
                : new WorkspaceUpdate(null, null, objects, null, null, null);
        long id = workspace.id();
        int before = world.disk().log().size();
        for (Standing each : quotas) {
            if (each.workspaceId == id && each.subtree == subtree && each.to == Integer.MAX_VALUE) {
                each.to = before;
            }
        }
        open.merge(id, 1, Integer::sum);
        Life life = world.life();
        var unused = told(
                        "limit " + workspace.path() + (subtree ? " and below to " : " to ") + objects,
                        world.engine().updateWorkspace(workspace.path(), update))
                .whenComplete((done, failure) -> {
                    boolean alone = open.merge(id, -1, Integer::sum) == 0;
                    if (life.alive() && failure == null && alone && objects > 0) {
                        quotas.add(new Standing(
                                id, objects, subtree, world.disk().log().size()));
                    }
                });
    }

    private CompletionStage<?> told(String what, CompletionStage<?> asked) {
        Life life = world.life();
        world.trace().note(what);
        return asked.whenComplete((done, failure) -> {
            if (life.alive()) {
                world.trace().note(what + (failure == null ? ": done" : ": " + world.refusal(failure, what)));
            }
        });
    }

    /** Takes note that nobody will answer any more. */
    void broken() {
        open.clear();
    }
}
