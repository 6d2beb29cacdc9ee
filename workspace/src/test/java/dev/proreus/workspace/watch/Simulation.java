package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.ClaimsMoved;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One random life of a hub: commits, moving claims, rising floors, subscriptions that come and go, slow sinks and
 * bookmarks, interleaved at random, and all of it given by one seed. In the end everything is let run out, and what
 * each sink was given is checked.
 */
final class Simulation {
    private static final int[] RINGS = {1, 3_000, 20_000, 1 << 20};
    private static final int[] JOINS = {0, 2, 10, 1_000};
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final List<String> AGENTS = List.of("x", "y", "z");
    private static final int EPOCHS = 3;

    private final SplittableRandom random;
    private final ModelStore model = new ModelStore();
    private final StepExecutor readers = new StepExecutor();
    private final List<StepExecutor> loops = new ArrayList<>();
    private final Deque<Runnable> committer = new ArrayDeque<>();
    private final List<Watched> watches = new ArrayList<>();
    private final Map<Long, Claims> claims = new HashMap<>();
    private final WatchHub hub;
    private final int workspaces;
    private long time;
    private final int appetite;

    Simulation(long seed) {
        random = new SplittableRandom(seed);
        model.chunks(1 + random.nextInt(5), 1 + random.nextInt(4));
        hub = new WatchHub(
                one(RINGS),
                new CatchUp(model, readers, 2, model::place, HubWorld.unpaced()),
                model,
                one(JOINS),
                new WatchMetrics(Instrumentation.none()));
        workspaces = 1 + random.nextInt(3);
        if (workspaces > 2) {
            model.nest(2, 1);
        }
        appetite = 1 + random.nextInt(40);
        for (int i = random.nextInt(3); i >= 0; i--) {
            loops.add(new StepExecutor());
        }
        for (long workspace = 0; workspace < workspaces; workspace++) {
            claims.put(workspace, new Claims());
        }
    }

    /** Lives, lets run out, checks; returns how many calls the sinks were given. */
    long run() {
        int steps = 50 + random.nextInt(300);
        for (int i = 0; i < steps; i++) {
            act();
        }
        watches.forEach(Watched::release);
        while (moves()) {
            move();
        }
        watches.forEach(watched -> watched.check(model));
        return watches.stream()
                .mapToLong(watched -> watched.sink.calls().size())
                .sum();
    }

    private void act() {
        int dice = random.nextInt(100);
        if (dice < 12) {
            stageBatch();
        } else if (dice < 16) {
            subscribe();
        } else if (dice < 17) {
            withOne(Watched::cancel);
        } else if (dice < 20) {
            withOne(watched -> watched.requestBookmark(model));
        } else if (dice < 30) {
            withOne(watched -> watched.grant(1 + random.nextInt(3)));
        } else if (dice < 31) {
            stageFloor();
        } else if (dice < 33) {
            stageClaims();
        } else if (dice < 34) {
            time += random.nextLong(100_000_000_000L);
            hub.tick(time);
        } else if (dice == 34 && random.nextInt(30) == 0) {
            stageDeletion();
        } else {
            move();
        }
    }

    private boolean moves() {
        return !committer.isEmpty() || readers.hasWork() || loops.stream().anyMatch(StepExecutor::hasWork);
    }

    private void move() {
        int who = random.nextInt(loops.size() + 2);
        if (who < loops.size()) {
            step(loops.get(who));
        } else if (who == loops.size()) {
            step(readers);
        } else if (!committer.isEmpty()) {
            committer.remove().run();
        }
    }

    private static void step(StepExecutor executor) {
        if (executor.hasWork()) {
            executor.step();
        }
    }

    /** Commits commands that are published as one batch, in two steps: heads first. */
    private void stageBatch() {
        List<Publication> batch = new ArrayList<>();
        Map<Long, Long> heads = new HashMap<>();
        for (int commands = 1 + random.nextInt(appetite); commands > 0; commands--) {
            long workspace = random.nextInt(workspaces);
            List<Write> writes = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                Write write = write();
                if (names.add(write.name() + write.typeId())) {
                    writes.add(write);
                }
            }
            model.commit(workspace, writes).forEach(change -> {
                batch.add(change);
                heads.put(workspace, change.revision());
            });
        }
        committer.add(() -> heads.forEach(model::raise));
        committer.add(() -> hub.publish(batch));
    }

    private Write write() {
        int type = random.nextInt(5) == 0 ? Write.DOCKS : Write.ROBOTS;
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String agent = random.nextInt(4) == 0 ? null : AGENTS.get(random.nextInt(AGENTS.size()));
        int dice = random.nextInt(10);
        if (dice < 2) {
            return Write.remove(name).ofType(type);
        }
        if (dice < 5) {
            return Write.report(name, null, 1 + random.nextInt(EPOCHS)).ofType(type);
        }
        return dice == 9 && random.nextInt(10) == 0
                ? new Write(type, name, agent, false, 0, 12_000)
                : Write.assign(name, agent).ofType(type);
    }

    private void stageClaims() {
        long workspace = random.nextInt(workspaces);
        Set<String> others = new HashSet<>(AGENTS);
        others.removeIf(agent -> random.nextBoolean());
        ClaimsMoved moved = new ClaimsMoved(model.nextSequence(), workspace, Write.ROBOTS);
        committer.add(() -> claims(workspace).set(new Filters.Rest(others)));
        committer.add(() -> hub.publish(List.of(moved)));
    }

    private void stageFloor() {
        long workspace = random.nextInt(workspaces);
        committer.add(() -> model.raiseFloor(workspace, random.nextLong(model.head(workspace) + 1)));
    }

    private void stageDeletion() {
        long workspace = random.nextInt(workspaces);
        WorkspaceGone gone = new WorkspaceGone(model.nextSequence(), workspace, List.of(workspace));
        committer.add(() -> model.delete(workspace));
        committer.add(() -> hub.publish(List.of(gone)));
    }

    private void subscribe() {
        long workspace = random.nextInt(workspaces);
        boolean moving = random.nextInt(4) == 0;
        boolean wide = !moving && random.nextInt(4) == 0;
        Scope scope = wide
                ? new Scope.Subtree(random.nextBoolean() ? ModelStore.ROOT : workspace)
                : new Scope.OneWorkspace(workspace);
        WatchFilter fixed = filter();
        Claims answers = moving ? claims(workspace) : new Claims(fixed);
        WatchSpec spec = new WatchSpec(
                scope,
                !moving && random.nextInt(8) == 0 ? Write.DOCKS : Write.ROBOTS,
                answers,
                start(scope),
                random.nextInt(3) == 0 ? WatchMode.LATEST : WatchMode.EVERY,
                random.nextInt(4) == 0,
                moving || random.nextBoolean(),
                random.nextInt(EPOCHS));
        RecordingSink sink = new RecordingSink(() -> model.head(scope));
        if (random.nextInt(3) > 0) {
            sink.grant(random.nextInt(3));
        }
        Subscription subscription = hub.subscribe(spec, sink, loops.get(random.nextInt(loops.size())));
        watches.add(new Watched(spec, answers, sink, subscription));
    }

    private WatchStart start(Scope scope) {
        return switch (random.nextInt(6)) {
            case 0 -> new WatchStart.Now();
            case 1, 2 -> new WatchStart.After(random.nextLong(model.head(scope) + 1));
            default -> new WatchStart.InitialState();
        };
    }

    private WatchFilter filter() {
        return switch (random.nextInt(4)) {
            case 0 -> WatchFilter.every();
            case 1 -> WatchFilter.named(NAMES.get(random.nextInt(NAMES.size())));
            case 2 -> new Filters.Assigned(AGENTS.get(random.nextInt(AGENTS.size())));
            default -> new Filters.Rest(Set.of(AGENTS.get(random.nextInt(AGENTS.size()))));
        };
    }

    private void withOne(Consumer<Watched> action) {
        if (!watches.isEmpty()) {
            action.accept(watches.get(random.nextInt(watches.size())));
        }
    }

    private Claims claims(long workspace) {
        Claims known = claims.get(workspace);
        if (known == null) {
            throw new AssertionError("no workspace " + workspace);
        }
        return known;
    }

    private int one(int[] of) {
        return of[random.nextInt(of.length)];
    }

    /** What a filter is and has been. */
    private static final class Claims implements Supplier<WatchFilter> {
        private final List<WatchFilter> held = new ArrayList<>();

        Claims() {
            this(new Filters.Rest(Set.of()));
        }

        Claims(WatchFilter first) {
            held.add(first);
        }

        void set(WatchFilter next) {
            held.add(next);
        }

        @Override
        public WatchFilter get() {
            return held.get(held.size() - 1);
        }
    }

    /** A subscription under test. */
    private static final class Watched {
        private final WatchSpec spec;
        private final Claims claims;
        private final RecordingSink sink;
        private final Subscription subscription;
        private boolean cancelled;
        private long bookmarkOwed;

        Watched(WatchSpec spec, Claims claims, RecordingSink sink, Subscription subscription) {
            this.spec = spec;
            this.claims = claims;
            this.sink = sink;
            this.subscription = subscription;
        }

        void cancel() {
            cancelled = true;
            subscription.cancel();
        }

        void requestBookmark(ModelStore model) {
            bookmarkOwed = model.head(spec.scope());
            subscription.requestBookmark();
        }

        void grant(int messages) {
            sink.grant(messages);
            subscription.ready();
        }

        void release() {
            grant(Integer.MAX_VALUE);
        }

        void check(ModelStore model) {
            List<Call> calls = sink.calls();
            WatchGuarantees guarantees = new WatchGuarantees(model, spec, claims.held);
            boolean ended = !calls.isEmpty() && calls.get(calls.size() - 1) instanceof Call.Ended;
            if (cancelled || ended) {
                guarantees.check(calls);
                calls.stream().filter(Call.Ended.class::isInstance).forEach(call -> checkEnd(model, (Call.Ended) call));
            } else {
                guarantees.checkComplete(calls, model.head(spec.scope()));
                checkBookmark(calls);
            }
        }

        private void checkEnd(ModelStore model, Call.Ended end) {
            assertThat(end.why()).isInstanceOf(RefusedException.class);
            Reason reason = ((RefusedException) end.why()).reason();
            if (reason == Reason.RESOURCE_VERSION_EXPIRED) {
                assertThat(spec.framed())
                        .as("only a plain watch ends below the floor")
                        .isFalse();
            } else {
                assertThat(reason).isEqualTo(Reason.WORKSPACE_DELETED);
                assertThat(model.isGone(spec.workspaceId())).isTrue();
            }
        }

        private void checkBookmark(List<Call> calls) {
            long last = calls.stream()
                    .filter(Call.Bookmark.class::isInstance)
                    .mapToLong(call -> ((Call.Bookmark) call).revision())
                    .max()
                    .orElse(0);
            assertThat(last).as("the bookmark asked for at %s", bookmarkOwed).isGreaterThanOrEqualTo(bookmarkOwed);
        }
    }
}
