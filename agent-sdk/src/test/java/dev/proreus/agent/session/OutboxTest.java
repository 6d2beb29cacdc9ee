package dev.proreus.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.agent.Fields;
import dev.proreus.agent.reconcile.StatusReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox();

    @Test
    void theNewestReportOfAnObjectIsSentAndObjectsTakeTurns() {
        outbox.offer(report("a", 1));
        outbox.offer(report("b", 1));
        outbox.offer(report("a", 2));

        assertThat(outbox.poll()).contains(told("a", 2));
        outbox.offer(report("a", 3));
        assertThat(outbox.poll()).contains(told("b", 1));
        assertThat(outbox.poll()).as("one under way for each object").isEmpty();
        assertThat(outbox.newest("a")).contains(report("a", 3));

        assertThat(outbox.answered(report("a", 2))).isTrue();
        assertThat(outbox.poll()).contains(told("a", 3));
        assertThat(outbox.answered(report("a", 2))).as("answered before").isFalse();
        assertThat(outbox.isSettled()).isFalse();
        outbox.answered(report("a", 3));
        outbox.answered(report("b", 1));
        assertThat(outbox.isSettled()).isTrue();
        assertThat(outbox.newest("a")).isEmpty();
    }

    @Test
    void anUnansweredReportIsSentAgainUnlessANewerOneIsThere() {
        outbox.offer(report("a", 1));
        outbox.offer(report("b", 1));
        outbox.poll();
        outbox.poll();
        outbox.offer(report("b", 2));

        outbox.disconnected();

        assertThat(List.of(outbox.poll().orElseThrow(), outbox.poll().orElseThrow()))
                .containsExactlyInAnyOrder(told("a", 1), told("b", 2));
        assertThat(outbox.poll()).isEmpty();
    }

    @Test
    void aGenerationIsAcknowledgedOnceInASession() {
        outbox.accept("a", "u", 1);
        outbox.offer(report("a", 1));

        assertThat(outbox.poll()).contains(new Outbox.Accepted("a", "u", 1));
        assertThat(outbox.poll()).contains(told("a", 1));
        outbox.accept("a", "u", 1);
        assertThat(outbox.hasNext()).isFalse();
        outbox.accept("a", "u", 2);
        assertThat(outbox.poll()).contains(new Outbox.Accepted("a", "u", 2));
        outbox.disconnected();
        assertThat(outbox.poll()).contains(told("a", 1));
        outbox.accept("a", "u", 2);
        assertThat(outbox.poll()).contains(new Outbox.Accepted("a", "u", 2));
    }

    @Test
    void nothingIsSaidAboutWhatIsForgotten() {
        outbox.offer(report("a", 1));
        outbox.poll();
        outbox.offer(report("a", 2));
        outbox.forget("a");

        assertThat(outbox.isSettled()).isTrue();
        assertThat(outbox.poll()).isEmpty();
        assertThat(outbox.answered(report("a", 1))).isFalse();
        outbox.offer(report("a", 1));
        outbox.forgetAll();
        assertThat(outbox.poll()).isEmpty();
        assertThat(outbox.isSettled()).isTrue();
    }

    private static Outbox.Told told(String name, int position) {
        return new Outbox.Told(report(name, position));
    }

    private static StatusReport report(String name, int position) {
        return new StatusReport(name, "u", 1, Fields.of(Map.of("position", position)), List.of());
    }
}
