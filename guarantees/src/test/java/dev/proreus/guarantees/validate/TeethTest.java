package dev.proreus.guarantees.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The validators find nothing in histories that hold, and find every kind of defect, wherever it is. */
class TeethTest {
    private static final int HISTORIES = Boolean.getBoolean("proreus.long") ? 5_000 : 150;
    private static final int PLANTED = Boolean.getBoolean("proreus.long") ? 500 : 20;

    private static final long SEED = Long.getLong("proreus.seed", System.nanoTime());

    @Test
    void historiesThatHoldAreFoundToHold() {
        SplittableRandom seeds = new SplittableRandom(SEED);
        long events = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long each = seeds.nextLong();
            Verdict verdict = Verdict.of(new World(each).recording());
            assertThat(verdict.violations()).as("seed %s", each).isEmpty();
            events += verdict.events();
        }
        System.out.println("teeth: " + HISTORIES + " histories of " + events + " events hold, seed " + SEED);
    }

    /** In this one a watch had been told of a workspace no more than that another in it had ended: no place for it. */
    @Test
    void aLateResumptionIsPlantedOnlyWhereThePositionIsKnown() {
        World world = new World(6035476586132746161L);
        assertThat(Defect.SUBTREE_RESUMED_TOO_LATE.plant(world)).isTrue();
        assertThat(Verdict.of(world.recording()).broken()).contains(Defect.SUBTREE_RESUMED_TOO_LATE.guarantee);
    }

    /** In this one some change is followed by no more than that a workspace beside it had ended: no place for it. */
    @Test
    void aViewIsSpoiltOnlyWhereThePositionIsKnown() {
        World world = new World(-2101878424814858108L);
        assertThat(Defect.SUBTREE_VIEW_NOT_CONVERGED.plant(world)).isTrue();
        assertThat(Verdict.of(world.recording()).broken()).contains(Defect.SUBTREE_VIEW_NOT_CONVERGED.guarantee);
    }

    /** In this one the last write of a workspace is told of by its own answer alone: no place for it. */
    @Test
    void aWriteIsPutOffOnlyWhereALaterOneWasAnswered() {
        World world = new World(6016564424560983538L);
        assertThat(Defect.WRITE_AGAINST_REAL_TIME.plant(world)).isTrue();
        assertThat(Verdict.of(world.recording()).broken()).contains(Defect.WRITE_AGAINST_REAL_TIME.guarantee);
    }

    @ParameterizedTest
    @EnumSource
    void aDefectIsFoundByItsValidator(Defect defect) {
        SplittableRandom seeds = new SplittableRandom(SEED);
        int planted = 0;
        for (int i = 0; planted < PLANTED; i++) {
            assertThat(i).as("%s found a place %s times", defect, planted).isLessThan(50 * PLANTED);
            long each = seeds.nextLong();
            World world = new World(each);
            if (defect.plant(world)) {
                planted++;
                assertThat(Verdict.of(world.recording()).broken())
                        .as("seed %s", each)
                        .contains(defect.guarantee);
            }
        }
    }
}
