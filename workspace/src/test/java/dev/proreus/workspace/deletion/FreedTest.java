package dev.proreus.workspace.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreedTest {
    private static final int HALF = Freed.WORTHWHILE_ROWS / 2;

    private final Freed freed = new Freed();

    @Test
    void fewRowsAreNotWorthTheWork() {
        freed.add(new Span(1, 1), HALF, false);
        assertThat(freed.isWorthwhile()).isFalse();
    }

    @Test
    void rowsSideBySideAreWorthItTogether() {
        freed.add(new Span(1, 1), HALF, false);
        freed.add(new Span(2, 4), HALF, false);
        assertThat(taken()).containsExactly(new Span(1, 4));
    }

    @Test
    void rowsApartAreNotTakenTogether() {
        freed.add(new Span(1, 1), HALF, false);
        freed.add(new Span(3, 4), HALF, false);
        assertThat(freed.isWorthwhile()).isFalse();
    }

    @Test
    void aRangeIsWorthItHoweverFewItsRows() {
        freed.add(new Span(7, 7), 1, true);
        assertThat(freed.ranges()).isOne();
        assertThat(taken()).containsExactly(new Span(7, 7));
        assertThat(freed.ranges()).isZero();
    }

    @Test
    void muchSideBySideIsGivenBackPartByPart() {
        freed.add(new Span(1, 9), 1_000, true);
        freed.add(new Span(10, 19), 1_000, true);
        freed.add(new Span(20, 20), HALF + 1, false);
        freed.add(new Span(21, 21), HALF + 1, false);
        assertThat(taken()).containsExactly(new Span(1, 9), new Span(10, 19), new Span(20, 20), new Span(21, 21));
    }

    @Test
    void whatWasNotWorthItIsForgottenOnceItIsNotContinued() {
        freed.add(new Span(1, 1), HALF, false);
        freed.add(new Span(9, 9), 1, true);
        freed.add(new Span(2, 2), HALF, false);
        assertThat(taken()).containsExactly(new Span(9, 9));
    }

    @Test
    void aRunGoesOnAfterAPartOfItWasTaken() {
        freed.add(new Span(1, 1), 1, true);
        freed.add(new Span(2, 2), 1, true);
        assertThat(freed.take()).isEqualTo(new Span(1, 1));
        freed.add(new Span(3, 3), 1, false);
        assertThat(taken()).containsExactly(new Span(2, 2), new Span(3, 3));
    }

    private List<Span> taken() {
        List<Span> taken = new ArrayList<>();
        while (freed.isWorthwhile()) {
            taken.add(freed.take());
        }
        return taken;
    }
}
