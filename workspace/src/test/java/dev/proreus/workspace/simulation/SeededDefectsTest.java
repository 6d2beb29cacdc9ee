package dev.proreus.workspace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * A simulation that cannot fail shows nothing: here the engine, its store or its front is wrong in one of thirteen
 * ways, and the right guarantee must be seen to break within a bounded number of seeds, which are clean without the
 * defect.
 */
class SeededDefectsTest {
    private static final int SEEDS = 150;
    private static final int BUSY_SEEDS = 20;

    @Test
    void syncOff() {
        requireCaught(seed -> new DiskDefects.SyncOff(), Plan::of, SEEDS, "Durable");
    }

    @Test
    void acknowledgedBeforeSync() {
        requireCaught(seed -> new DiskDefects.AcknowledgedBeforeSync(), Plan::of, SEEDS, "Durable");
    }

    @Test
    void eventDroppedOneInTenThousand() {
        requireCaught(EngineDefects.EventDropped::new, Plan::busy, BUSY_SEEDS, "Reliable", "Convergent");
    }

    @Test
    void duplicateOnResume() {
        requireCaught(seed -> new EngineDefects.DuplicateOnResume(), Plan::of, SEEDS, "Resumable");
    }

    @Test
    void earlyBookmark() {
        requireCaught(seed -> new EngineDefects.EarlyBookmark(), Plan::of, SEEDS, "Bookmarkable");
    }

    /** A start that looks at the log may refuse the store before a revision can be given twice. */
    @Test
    void revisionReusedAfterACrash() {
        requireCaught(seed -> new DiskDefects.RevisionReused(), Plan::of, SEEDS, "Durable", "Start");
    }

    /** A start that looks at the log may refuse the store. */
    @Test
    void halfABatch() {
        requireCaught(seed -> new DiskDefects.HalfABatch(), Plan::of, SEEDS, "Serial", "Counts", "Start");
    }

    @Test
    void missingDeleteAtCompaction() {
        requireCaught(seed -> new EngineDefects.MissingDeleteAtCompaction(), Plan::of, SEEDS, "Reliable", "Resumable");
    }

    @Test
    void prefixWithoutSeparator() {
        requireCaught(seed -> new EngineDefects.PrefixWithoutSeparator(), Plan::of, SEEDS, "Isolated");
    }

    @Test
    void quotaOutsideApply() {
        requireCaught(seed -> new EngineDefects.QuotaOutsideApply(), Plan::of, SEEDS, "Quotas");
    }

    @Test
    void endNotTold() {
        requireCaught(seed -> new DeletionDefects.EndNotTold(), Plan::of, SEEDS, "Deletions");
    }

    @Test
    void childSkipped() {
        requireCaught(seed -> new DeletionDefects.ChildSkipped(), Plan::of, SEEDS, "Deletions");
    }

    @Test
    void childKept() {
        requireCaught(seed -> new DeletionDefects.ChildKept(), Plan::of, SEEDS, "Reclaimed");
    }

    /** What a seed that fails is told with: a trace of a few steps, which fails in the same way. */
    @Test
    void aFailingSeedIsShrunk() {
        Plan plan = Plan.of(0);
        for (long seed = 1; Simulation.run(plan, new DiskDefects.SyncOff()).holds(); seed++) {
            plan = Plan.of(seed);
        }
        Finding finding = Simulation.run(plan, new DiskDefects.SyncOff());
        Plan shortest = Failure.shrunk(plan, finding, new DiskDefects.SyncOff());
        System.out.println(plan.tape().size() + " steps became " + shortest.tape());
        assertThat(shortest.tape().size()).isLessThan(10);
        assertThat(Simulation.run(shortest, new DiskDefects.SyncOff()).broken())
                .containsAnyElementsOf(finding.broken());
    }

    private static void requireCaught(
            LongFunction<Defect> defect, LongFunction<Plan> plans, int seeds, String... guarantees) {
        for (long seed = 0; seed < seeds; seed++) {
            Set<String> broken = new TreeSet<>(
                    Simulation.run(plans.apply(seed), defect.apply(seed)).broken());
            broken.retainAll(Set.of(guarantees));
            if (!broken.isEmpty()) {
                System.out.println("caught by " + broken + " at seed " + seed);
                assertThat(Simulation.run(plans.apply(seed), Defect.NONE).violations())
                        .as("the same seed without the defect")
                        .isEmpty();
                return;
            }
        }
        throw new AssertionError("not caught by " + Set.of(guarantees) + " in seeds 0 to " + (seeds - 1));
    }
}
