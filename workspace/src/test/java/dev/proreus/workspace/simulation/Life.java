package dev.proreus.workspace.simulation;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.commit.Overlap;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.engine.EngineOptions;
import dev.proreus.workspace.engine.LocalEngine;
import dev.proreus.workspace.engine.SeamedEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One life of the process: the engine over the disk, and all threads that work for it. */
final class Life {
    /** Moves after which a process that is left alone must have come to rest. */
    private static final int MOVES = 200_000;

    private static final int STEPS = 6;

    /** Few enough that a life sees batches of both kinds: built beside another, and left to who wrote that. */
    private static final Overlap SOME_OVERLAP = new Overlap(3, 1 << 20);

    private final Actors actors = new Actors();
    private final Background background;
    private final List<Loop> loops = new ArrayList<>();
    private final DiskStore store;
    private final LocalEngine local;
    private final Engine engine;
    private boolean alive = true;
    private boolean failed;
    private boolean faulty;

    Life(Plan plan, int number, Disk disk, SimulatedClock clock, Defect defect, DiskStore.@Nullable Fault fault) {
        this.background = new Background(clock);
        this.store = defect.mount(disk, actors);
        if (fault != null) {
            fail(fault);
        }
        for (int i = 0; i < plan.loops(); i++) {
            loops.add(new Loop());
        }
        this.local = open(plan, number, clock, defect);
        this.engine = defect.engine(local);
    }

    private LocalEngine open(Plan plan, int number, SimulatedClock clock, Defect defect) {
        Readers readers = new Readers(actors, plan.readers(), plan.readersRoom());
        EngineOptions options = new EngineOptions(
                clock,
                new SplittableRandom(plan.seed() * 31 + number),
                readers,
                readers,
                1,
                actors::committer,
                plan.ringBytes(),
                plan.caches(),
                plan.retention(),
                background,
                background,
                background,
                Instrumentation.none(),
                failure -> failed = true);
        try {
            Overlap overlap = number % 2 == 0 ? Overlap.ALWAYS : SOME_OVERLAP;
            return SeamedEngine.open(store, options, actors.lock(), overlap, defect::history, defect::heads);
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    Engine engine() {
        return engine;
    }

    DiskStore store() {
        return store;
    }

    Loop loop(int any) {
        return loops.get(any % loops.size());
    }

    /** Returns whether it still runs. */
    boolean alive() {
        return alive;
    }

    /** Returns whether it said that its store failed, and that it must end. */
    boolean failed() {
        return failed;
    }

    /** Returns whether its disk was told to fail. */
    boolean faulty() {
        return faulty;
    }

    final void fail(DiskStore.Fault fault) {
        faulty = true;
        store.fail(fault);
    }

    /** Lets some thread run, for a few steps or until it waits; returns whether there was one. */
    boolean move(SplittableRandom random) {
        return move(random, random.nextBoolean() ? random.nextInt(STEPS) : Integer.MAX_VALUE);
    }

    /** Lets some thread run for a few steps, so that it is likely to stand in the midst of something. */
    void inch(SplittableRandom random) {
        move(random, random.nextInt(STEPS));
    }

    private boolean move(SplittableRandom random, int steps) {
        List<Runnable> movers = new ArrayList<>();
        for (Actor actor : actors.ready()) {
            movers.add(() -> actors.run(actor, steps));
        }
        for (Loop loop : loops) {
            if (loop.hasWork()) {
                movers.add(loop::step);
            }
        }
        if (background.hasWork()) {
            movers.add(background::step);
        }
        if (movers.isEmpty()) {
            return false;
        }
        movers.get(random.nextInt(movers.size())).run();
        return true;
    }

    /** Lets all threads run until there is nothing to do. */
    void rest(SplittableRandom random) {
        for (int i = 0; i < MOVES; i++) {
            if (!move(random)) {
                return;
            }
        }
        throw new IllegalStateException("the process never comes to rest");
    }

    /** Kills it where it stands. */
    final void kill() {
        alive = false;
        actors.kill();
    }

    /** Stops it as it should be; its threads have come to rest. */
    void close() {
        Thread closing = new Thread(local::close, "closing");
        closing.start();
        // The committer's threads end once they have been told to, which nothing else waits for.
        for (boolean over = false; !over; ) {
            for (Actor actor : actors.ready()) {
                actors.run(actor, Integer.MAX_VALUE);
            }
            try {
                closing.join(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            over = !closing.isAlive();
        }
        rest(new SplittableRandom(0));
        kill();
    }
}
