package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.validate.Verdict;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.tree.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One random life of an engine, given by one seed: clients that write, read and watch, workspaces that come and go,
 * history that is trimmed, disks that fail, and processes that are killed and start again. In the end everything is let
 * come to rest, the final history is read off the disk, and every guarantee is held against what the clients were told.
 */
final class Simulation {
    /** Steps for which a process goes on after it said that its store failed. */
    private static final int LAST_STEPS = 8;

    private final Plan plan;
    private final World world;
    private int lives = 1;
    private int stepsLeft = -1;

    private Simulation(Plan plan, Defect defect) {
        this.plan = plan;
        this.world = new World(plan, defect);
    }

    /** Lives a plan. */
    static Finding run(Plan plan, Defect defect) {
        Simulation simulation = new Simulation(plan, defect);
        try {
            simulation.live();
        } catch (RuntimeException e) {
            simulation.world.violated("Fault", "the process", "no exception", trace(e));
        }
        simulation.world.life().kill();
        return simulation.judge();
    }

    private static String trace(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            text.append(each);
            StackTraceElement[] stack = each.getStackTrace();
            for (int i = 0; i < Math.min(12, stack.length); i++) {
                text.append("\n      at ").append(stack[i]);
            }
            text.append("\n    ");
        }
        return text.toString();
    }

    private void live() {
        setUp();
        for (Step step : plan.tape()) {
            if (world.life().failed() && stepsLeft < 0) {
                stepsLeft = LAST_STEPS;
            }
            if (stepsLeft >= 0 && stepsLeft-- == 0) {
                die(new SplittableRandom(step.dice()));
            }
            try {
                take(step.kind(), new SplittableRandom(step.dice()));
            } catch (RefusedException e) {
                world.trace().note(step + " is refused: " + e.reason());
            }
        }
        settle();
    }

    /** Defines what is written, and the first workspaces: two beside each other, and one below. */
    private void setUp() {
        SplittableRandom random = new SplittableRandom(plan.seed());
        world.define(List.of());
        world.life().rest(random);
        world.tenants().create(world.workspaces().get(0));
        world.tenants().create(world.workspaces().get(0));
        world.life().rest(random);
        world.tenants().create(world.workspaces().get(world.workspaces().size() - 1));
        world.life().rest(random);
    }

    private void take(Step.Kind kind, SplittableRandom random) {
        switch (kind) {
            case TURN -> world.life().move(random);
            case REST -> world.life().rest(random);
            case WRITE -> world.writes().write(random, 1, false);
            case BATCH -> world.writes().write(random, 2 + random.nextInt(3), false);
            case DRY_RUN -> world.writes().write(random, 1 + random.nextInt(2), true);
            case REPEAT -> world.writes().repeat(random);
            case GET -> world.reads().get(random);
            case LIST -> world.reads().list(random);
            case WATCH -> world.watches().open(random);
            case RESUME -> world.watches().resume(random);
            case TAKE -> world.watches().take(random);
            case BOOKMARK -> world.watches().requestBookmark(random);
            case LEAVE -> world.watches().leave(random);
            case WORKSPACE -> world.tenants().act(random);
            case REMOVE -> world.removals().act(random);
            case AGENT -> world.agents().act(random);
            case DEFINE -> define(random);
            case TIME -> pass(Duration.ofMillis(random.nextInt(random.nextInt(4) == 0 ? 60_000 : 1_500)));
            case JUMP -> world.clock().jump(Duration.ofSeconds(random.nextInt(-900, 900)));
            case FAULT -> fail(random);
            case CRASH -> crash(random);
            case RESTART -> restart(random);
        }
    }

    private void define(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            world.defineIn(world.workspace(random));
        } else {
            world.define(random.nextBoolean() ? List.of() : List.of(Scribe.VALUE));
        }
    }

    private void pass(Duration time) {
        world.clock().pass(time);
        world.engine().tick(world.clock().nanos());
    }

    private static DiskStore.Fault fault(SplittableRandom random) {
        DiskStore.Fault[] all = DiskStore.Fault.values();
        return all[random.nextInt(all.length)];
    }

    private void fail(SplittableRandom random) {
        DiskStore.Fault fault = fault(random);
        world.trace().note("the disk will fail: " + fault);
        world.life().fail(fault);
    }

    /** Kills the process, mostly while it is at work. */
    private void crash(SplittableRandom random) {
        for (int i = random.nextInt(12); i > 0; i--) {
            if (random.nextBoolean()) {
                world.writes().write(random, 1, false);
            }
            world.life().inch(random);
        }
        die(random);
    }

    private void die(SplittableRandom random) {
        if (world.life().failed() && random.nextBoolean()) {
            world.life().rest(random);
            requireAnswers();
        }
        world.life().kill();
        lose(random);
        world.broken();
        if (random.nextInt(8) == 0) {
            beginInVain(random);
        }
        begin();
    }

    private void lose(SplittableRandom random) {
        int unsynced = world.disk().unsynced();
        int kept = random.nextInt(unsynced + 1);
        world.trace().note("crash: " + kept + " of " + unsynced + " batches stay that were not synced");
        world.defect().crash(world.disk(), kept);
    }

    /** Starts over a disk that fails, which may end the start. */
    private void beginInVain(SplittableRandom random) {
        DiskStore.Fault fault = fault(random);
        world.trace().note("start while the disk fails: " + fault);
        try {
            world.reborn(fault);
            world.life().kill();
        } catch (StoreException e) {
            world.trace().note("no start: " + e.getMessage());
        }
        lose(random);
    }

    private void restart(SplittableRandom random) {
        world.life().rest(random);
        if (world.life().failed()) {
            return;
        }
        world.trace().note("restart");
        world.life().close();
        world.broken();
        begin();
    }

    private void begin() {
        stepsLeft = -1;
        lives++;
        try {
            world.reborn(null);
        } catch (StoreException e) {
            world.violated("Start", "the engine", "a store that opens", e.toString());
            throw e;
        }
    }

    /** Lets everything come to rest, and asks everybody for the last word. */
    private void settle() {
        SplittableRandom random = new SplittableRandom(plan.seed());
        world.life().rest(random);
        if (world.life().failed() || world.life().faulty()) {
            die(random);
        }
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofSeconds(2));
            world.life().rest(random);
        }
        finishDeletions(random);
        world.watches().requireEnds();
        world.watches().release();
        world.agents().release();
        for (Workspace each : world.workspaces()) {
            world.reads().listAll(each);
        }
        world.life().rest(random);
        // Where the readers had no room, a look at the clock is what lets a watch try again.
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(2));
            world.life().rest(random);
        }
        awaitTrimmed(random);
        world.removals().requireEnds();
        world.watches().requireEnds();
        world.watches().requireBookmarks();
        world.agents().requireDriven();
        requireAnswers();
    }

    /** Lets agents do what deletions wait for, now and when objects were looked for again. */
    private void finishDeletions(SplittableRandom random) {
        for (int i = 0; i < 12; i++) {
            world.removals().finishAll();
            pass(Duration.ofSeconds(i % 3 == 2 ? 11 : 2));
            world.life().rest(random);
        }
    }

    /** Lets what has become too old meanwhile be trimmed: until nothing is written for two rounds. */
    private void awaitTrimmed(SplittableRandom random) {
        int quiet = 0;
        for (int i = 0; i < 50 && quiet < 2; i++) {
            long before = written();
            pass(Duration.ofSeconds(2));
            world.life().rest(random);
            quiet = written() == before ? quiet + 1 : 0;
        }
    }

    /** Returns how many batches hold something: who has nothing to delete writes empty ones. */
    private long written() {
        return world.disk().log().stream().filter(batch -> batch.size() > 0).count();
    }

    private void requireAnswers() {
        if (!world.writes().answered()
                || !world.reads().answered()
                || !world.removals().answered()) {
            world.violated("Live", "the engine", "an answer to every request", "none to some");
        }
    }

    private Finding judge() {
        Audit.record(world);
        Verdict verdict = Verdict.of(world.scribe().recording());
        List<Violation> violations = new ArrayList<>(world.violations());
        violations.addAll(verdict.violations());
        for (StoreBatch batch : world.disk().log()) {
            for (StoreBatch.Operation each : batch) {
                world.trace().mix(each.key());
                byte[] value = each.value();
                world.trace().mix(value == null ? new byte[0] : value);
            }
        }
        return new Finding(
                List.copyOf(violations),
                verdict.events(),
                verdict.operations(),
                lives,
                world.trace().digest(),
                world.trace().lines());
    }
}
