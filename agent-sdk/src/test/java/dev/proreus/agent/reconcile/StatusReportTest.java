package dev.proreus.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Condition;
import dev.proreus.agent.Fields;
import dev.proreus.agent.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    @Test
    void aResultBecomesConditions() {
        assertThat(report(Fields.empty(), Result.progressing("Moving").message("3 of 7"))
                        .conditions())
                .containsExactly(
                        Condition.of("Ready", false, "Moving", "3 of 7"),
                        Condition.of("Reconciling", true, "Moving", "3 of 7"));
        assertThat(report(Fields.empty(), Result.ready("Arrived")).conditions())
                .containsExactly(
                        Condition.of("Ready", true, "Arrived", ""), Condition.of("Reconciling", false, "Arrived", ""));
        assertThat(report(Fields.empty(), Result.failed("Broken").message("no power"))
                        .conditions())
                .containsExactly(
                        Condition.of("Ready", false, "Broken", "no power"),
                        Condition.of("Reconciling", false, "Broken", ""),
                        Condition.of("Stalled", true, "Broken", "no power"));
    }

    @Test
    void stalledIsTakenBackOnlyWhereItWasSaid() {
        Fields stalled = report(Fields.empty(), Result.failed("Broken")).applyTo(Fields.empty());

        assertThat(report(stalled, Result.ready("Arrived")).conditions())
                .contains(Condition.of("Stalled", false, "Arrived", ""));
    }

    @Test
    void whatTheServerHasIsNoChange() {
        Result result = Result.ready("Arrived").status("position", 7).condition("Calibrated", true, "Yes", "");
        StatusReport report = report(Fields.empty(), result);
        Fields there = report.applyTo(Fields.empty());

        assertThat(report.changes(Fields.empty())).isTrue();
        assertThat(report.changes(there)).isFalse();
        assertThat(report(there, result).changes(there)).isFalse();
        assertThat(report(there, Result.ready("Arrived").condition("Calibrated", true, "Yes", ""))
                        .changes(there))
                .as("a result without a status leaves it")
                .isFalse();
        assertThat(report(there, result.status("position", 8)).changes(there)).isTrue();
        assertThat(report(there, result.message("now")).changes(there)).isTrue();
        assertThat(StatusReport.of(object(there), 3, result).changes(there))
                .as("another generation")
                .isTrue();
    }

    @Test
    void conditionsMergeByType() {
        Fields there = Fields.of(Map.of(
                "position",
                1,
                "conditions",
                List.of(
                        Map.of("type", "Accepted", "status", "True"),
                        Map.of("type", "Ready", "status", "True", "lastTransitionTime", "t1"),
                        Map.of("type", "Reconciling", "status", "True", "lastTransitionTime", "t2"))));

        Fields after =
                report(there, Result.ready("Arrived").status("position", 7)).applyTo(there);

        assertThat(after.integer("position")).isEqualTo(7);
        assertThat(after.integer("observedGeneration")).isEqualTo(2);
        assertThat(after.list("conditions")).hasSize(3);
        assertThat(condition(after, "Accepted").string("status")).isEqualTo("True");
        assertThat(condition(after, "Ready").string("lastTransitionTime")).isEqualTo("t1");
        assertThat(condition(after, "Reconciling").has("lastTransitionTime")).isFalse();
    }

    @Test
    void aStatusThatMakesNoSenseIsReplaced() {
        Fields there = Fields.of(Map.of("conditions", "broken"));

        StatusReport report = report(there, Result.ready("Arrived"));

        assertThat(report.changes(there)).isTrue();
        assertThat(report.applyTo(there).list("conditions")).hasSize(2);
    }

    private static Fields condition(Fields status, String type) {
        return status.list("conditions").stream()
                .map(Fields.class::cast)
                .filter(c -> c.string("type").equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static StatusReport report(Fields status, Result result) {
        return StatusReport.of(object(status), 2, result);
    }

    private static AgentObject object(Fields status) {
        return new AgentObject("root:acme", "robots", "a", "u1", 2, 5, Map.of(), Fields.empty(), status);
    }
}
