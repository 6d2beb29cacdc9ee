package dev.proreus.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TermTest {
    /** Computed apart from this code; the log holds such numbers, so they never change. */
    @Test
    void theHashIsTheSameForever() {
        assertThat(Long.toHexString(new Term(Term.Kind.LABEL, "tier", "gold").hash()))
                .isEqualTo("473c3dc3de666b6a");
        assertThat(Long.toHexString(new Term(Term.Kind.FIELD, "tier", "gold").hash()))
                .isEqualTo("9c052a1cc5d72804");
        assertThat(Long.toHexString(new Term(Term.Kind.FIELD, "spec.agent", "fleet").hash()))
                .isEqualTo("c74e5e4264cceb45");
        assertThat(Long.toHexString(new Term(Term.Kind.LABEL, "a.example/tier", "").hash()))
                .isEqualTo("67f3568a8c821752");
        assertThat(Long.toHexString(new Term(Term.Kind.FIELD, "spec.place", "Köln €😀").hash()))
                .isEqualTo("49c9524ce15edef3");
    }

    @Test
    void aStateHasTheHashesOfTheTermsThatItSatisfies() {
        Selectable state = Selectable.of("r", Map.of("tier", "gold", "site", "b"), Map.of("spec.agent", "fleet"));
        Term agent = new Term(Term.Kind.FIELD, "spec.agent", "fleet");
        Term tier = new Term(Term.Kind.LABEL, "tier", "gold");
        Term other = new Term(Term.Kind.LABEL, "spec.agent", "fleet");
        assertThat(state.terms().size()).isEqualTo(3);
        assertThat(state.terms().mayHold(agent.hash())).isTrue();
        assertThat(state.terms().mayHold(tier.hash())).isTrue();
        assertThat(state.terms().mayHold(other.hash())).isFalse();
        assertThat(holds(agent, state)).isTrue();
        assertThat(holds(tier, state)).isTrue();
        assertThat(holds(other, state)).isFalse();
        assertThat(holds(new Term(Term.Kind.FIELD, Selectable.NAME, "r"), state))
                .isTrue();
    }

    @Test
    void hashesAreASet() {
        TermHashes some = TermHashes.of(3, 1, 3, -2);
        assertThat(some).isEqualTo(TermHashes.of(-2, 1, 3)).hasToString("[-2, 1, 3]");
        assertThat(some.without(TermHashes.of(1, 7))).isEqualTo(TermHashes.of(-2, 3));
        assertThat(some.without(some)).isEqualTo(TermHashes.NONE);
        assertThat(some.without(TermHashes.NONE)).isEqualTo(some);
        assertThat(some.atMost(3)).isEqualTo(some);
        assertThat(some.atMost(2)).isEqualTo(TermHashes.ANY);
        assertThat(some.mayHold(2)).isFalse();
        assertThat(TermHashes.ANY.mayHold(2)).isTrue();
        assertThat(TermHashes.NONE.mayHold(2)).isFalse();
    }

    @Test
    void statesAreEqualByValue() {
        Selectable state = Selectable.of("r", Map.of("tier", "gold"), Map.of());
        Selectable same = Selectable.of("r", Map.of("tier", "gold"), Map.of());
        assertThat(state).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(state).isNotEqualTo(Selectable.of("s", Map.of("tier", "gold"), Map.of()));
        assertThat(state).isNotEqualTo(Selectable.named("r"));
        assertThat(Selectable.of("r", Map.of(), Map.of())).isEqualTo(Selectable.named("r"));
    }

    private static boolean holds(Term term, Selectable state) {
        return term.value().equals(state.value(term.kind(), term.key()));
    }
}
