package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMode;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Those who watch: slow ones, ones that leave, and ones that go on where they were cut off. */
final class Watches {
    /** Watches at a time, and ended ones that may go on. */
    private static final int MOST = 12;

    private final World world;
    private final List<Watcher> running = new ArrayList<>();
    private final List<Interest> ended = new ArrayList<>();
    private final Departures departures = new Departures();

    Watches(World world) {
        this.world = world;
    }

    void open(SplittableRandom random) {
        boolean subtree = random.nextInt(3) == 0;
        Workspace top = subtree ? World.one(world.workspaces(), random) : world.workspaceInHand(random);
        TypeDefinition type = world.robots(top);
        if (type == null || running.size() >= MOST) {
            return;
        }
        Interest interest = new Interest(
                world.name(top),
                subtree,
                World.TYPE,
                random.nextInt(6) == 0 ? world.name(random) : "",
                random.nextInt(5) == 0 ? "tier=gold" : "",
                fields(type, random),
                random.nextInt(3) == 0,
                random.nextInt(4) == 0,
                Interest.Start.INITIAL,
                0,
                "",
                false);
        open(subtree && random.nextInt(3) > 0 ? interest : started(interest, top, random), top, random);
    }

    private static String fields(TypeDefinition type, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> Scribe.AGENT + "=x";
            case 1 -> type.fields().paths().contains(Scribe.VALUE) ? Scribe.VALUE + "=same" : "";
            default -> "";
        };
    }

    private static Interest started(Interest interest, Workspace top, SplittableRandom random) {
        long head = top.revision();
        int how = random.nextInt(interest.subtree() ? 1 : 6);
        return switch (how) {
            case 0 -> interest.startedNow();
            case 1 -> interest.startedAfter(Math.max(0, head - random.nextLong(Math.min(6, head + 1))));
            case 2 -> interest.startedAfter(top.floor());
            default -> interest;
        };
    }

    void resume(SplittableRandom random) {
        if (!ended.isEmpty() && running.size() < MOST) {
            Interest rest = ended.remove(random.nextInt(ended.size()));
            Workspace top = world.engine().workspaces().find(WorkspacePath.parse(Lifetime.path(rest.workspace())));
            if (top != null) {
                open(world.name(top).equals(rest.workspace()) ? rest : anew(rest, top), top, random);
            }
        }
    }

    /** Returns what to ask for where another workspace has come to the path: from the beginning. */
    private Interest anew(Interest rest, Workspace top) {
        TypeDefinition type = world.robots(top);
        if (type != null && !rest.token().isEmpty()) {
            requireOther(rest, top, type);
        }
        Interest anew = rest.within(world.name(top)).startedWithState();
        return rest.subtree() ? anew.overSubtree() : anew;
    }

    private void requireOther(Interest rest, Workspace top, TypeDefinition type) {
        try {
            WatchStart start = world.engine().resume(top, type, Watcher.wanted(rest), rest.token());
            world.violated("Deletions", rest.toString(), "no start by a token of what is gone", start.toString());
        } catch (RefusedException e) {
            world.trace().note("a token of " + rest.workspace() + " is refused: " + e.reason());
        }
    }

    private void open(Interest interest, Workspace top, SplittableRandom random) {
        TypeDefinition type = world.robots(top);
        int credit = random.nextInt(4) == 0 ? random.nextInt(4) : Integer.MAX_VALUE;
        if (type == null) {
            return;
        }
        RecordedWatch record = world.scribe().recording().open(world.scribe().now(), interest);
        world.trace().note(record + " begins");
        Watcher watcher = new Watcher(world, record, top, type, credit, departures);
        try {
            WatchFilter filter = filter(interest, type);
            WatchSpec spec = new WatchSpec(
                    interest.subtree() ? new Scope.Subtree(top.id()) : new Scope.OneWorkspace(top.id()),
                    type.id(),
                    () -> filter,
                    start(interest, top, type),
                    interest.latest() ? WatchMode.LATEST : WatchMode.EVERY,
                    interest.previous(),
                    false,
                    0);
            watcher.feedFrom(world.engine().watch(spec, watcher, world.life().loop(random.nextInt(8))));
            running.add(watcher);
        } catch (RefusedException e) {
            watcher.ended(e);
        }
    }

    private static WatchFilter filter(Interest interest, TypeDefinition type) {
        Selector labels =
                interest.labelSelector().isEmpty() ? Selector.EVERY : Selector.ofLabels(interest.labelSelector());
        Selector fields = interest.fieldSelector().isEmpty()
                ? Selector.EVERY
                : Selector.ofFields(interest.fieldSelector(), type.fields().paths());
        Selector name = interest.name().isEmpty() ? Selector.EVERY : Selector.ofName(interest.name());
        return Engine.selected(labels.and(fields).and(name));
    }

    private WatchStart start(Interest interest, Workspace top, TypeDefinition type) {
        return switch (interest.start()) {
            case INITIAL -> new WatchStart.InitialState();
            case NOW -> new WatchStart.Now();
            case AFTER ->
                interest.subtree()
                        ? world.engine().resume(top, type, Watcher.wanted(interest), interest.token())
                        : world.engine().after(top, interest.after());
        };
    }

    void take(SplittableRandom random) {
        int messages = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(3);
        withOne(random, watcher -> watcher.take(messages));
    }

    void requestBookmark(SplittableRandom random) {
        withOne(random, Watcher::requestBookmark);
    }

    void leave(SplittableRandom random) {
        withOne(random, watcher -> {
            watcher.leave();
            over(watcher);
        });
    }

    private void withOne(SplittableRandom random, Consumer<Watcher> action) {
        for (Watcher each : List.copyOf(running)) {
            if (each.over()) {
                over(each);
            }
        }
        if (!running.isEmpty()) {
            action.accept(World.one(running, random));
        }
    }

    private void over(Watcher watcher) {
        running.remove(watcher);
        ended.add(watcher.rest());
        if (ended.size() > MOST) {
            ended.remove(0);
        }
    }

    /** Takes note that the process is no more. */
    void broken() {
        for (Watcher each : List.copyOf(running)) {
            each.broken();
            over(each);
        }
    }

    /** Lets all of them take everything, and asks for a last bookmark. */
    void release() {
        for (Watcher each : running) {
            if (!each.over()) {
                each.take(Integer.MAX_VALUE);
                each.requestLast();
            }
        }
    }

    /** Returns what watches over subtrees were told of the ends of workspaces. */
    Departures departures() {
        return departures;
    }

    /** Holds against each whose workspace is gone that it has ended, whether it takes messages or not. */
    void requireEnds() {
        for (Watcher each : running) {
            if (!each.over() && each.top().gone()) {
                world.violated("Deletions", each.interest().toString(), "an end, with its workspace", "none");
            }
        }
    }

    /** Holds against each that runs the bookmark that it was owed. */
    void requireBookmarks() {
        for (Watcher each : running) {
            if (!each.over() && each.bookmarked() < each.owed()) {
                String owed = "a bookmark at " + each.owed();
                world.violated("Live", each.interest().toString(), owed, "" + each.bookmarked());
            }
        }
    }
}
