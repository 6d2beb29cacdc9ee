package dev.proreus.workspace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.agent.AgentDirectory;
import dev.proreus.workspace.agent.AgentRecord;
import dev.proreus.workspace.agent.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shows what a claim drives, and whose claims its watch must hear of. */
class DrivenFilterTest {
    private static final Claim NAME = new Claim(256, Claim.Kind.NAME, "r1");
    private static final Claim VALUE = new Claim(256, Claim.Kind.ASSIGNMENT, "fleet");
    private static final Claim WHOLE = new Claim(256, Claim.Kind.WHOLE_TYPE, "");

    private final AgentDirectory agents = new AgentDirectory();

    @Test
    void aClaimDrivesWhatItCoversAndNoMoreSpecificOneDoes() {
        hold("whole", WHOLE);
        hold("value", VALUE);
        hold("name", NAME);

        assertThat(filter(NAME).matches(state("r1", "fleet"))).isTrue();
        assertThat(filter(NAME).matches(state("r2", "fleet"))).isFalse();
        assertThat(filter(VALUE).matches(state("r1", "fleet"))).isFalse();
        assertThat(filter(VALUE).matches(state("r2", "fleet"))).isTrue();
        assertThat(filter(VALUE).matches(state("r2", "other"))).isFalse();
        assertThat(filter(VALUE).matches(state("r2", null))).isFalse();
        assertThat(filter(WHOLE).matches(state("r1", null))).isFalse();
        assertThat(filter(WHOLE).matches(state("r2", "fleet"))).isFalse();
        assertThat(filter(WHOLE).matches(state("r2", "other"))).isTrue();
        assertThat(filter(WHOLE).matches(state("r2", null))).isTrue();

        agents.remove(7, "name");
        assertThat(filter(NAME).matches(state("r1", "fleet"))).isFalse();
        assertThat(filter(VALUE).matches(state("r1", "fleet"))).isTrue();
    }

    @Test
    void aFilterStaysEqualWhereNothingCouldHaveMoved() {
        hold("whole", WHOLE);
        hold("value", VALUE);
        hold("name", NAME);
        DrivenFilter name = filter(NAME);
        DrivenFilter value = filter(VALUE);
        DrivenFilter whole = filter(WHOLE);

        hold("another", new Claim(256, Claim.Kind.ASSIGNMENT, "another"));
        assertThat(filter(NAME)).isEqualTo(name);
        assertThat(filter(VALUE)).isEqualTo(value);
        assertThat(filter(WHOLE)).isNotEqualTo(whole);

        hold("third", new Claim(256, Claim.Kind.NAME, "r3"));
        assertThat(filter(NAME)).isEqualTo(name);
        assertThat(filter(VALUE)).isNotEqualTo(value);

        agents.remove(7, "third");
        assertThat(filter(VALUE)).isEqualTo(value);
        agents.remove(7, "value");
        assertThat(filter(VALUE)).isNotEqualTo(value);
    }

    private DrivenFilter filter(Claim claim) {
        return DrivenFilter.of(claim, "spec.agent", agents.claims(7, 256));
    }

    private static Selectable state(String name, @Nullable String assignment) {
        return Selectable.of(name, Map.of(), assignment == null ? Map.of() : Map.of("spec.agent", assignment));
    }

    private void hold(String agent, Claim claim) {
        agents.put(7, new AgentRecord(agent, 1, true, "a", "", Instant.EPOCH, List.of(), Map.of(claim, 1L)));
    }
}
