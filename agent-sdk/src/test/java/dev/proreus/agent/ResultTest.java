package dev.proreus.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void statusIsWhatWasAddedAndNothingOfTheSdks() {
        Result result = Result.progressing("Moving")
                .status("position", 3)
                .status("battery", 80)
                .status("conditions", "mine");

        assertThat(result.status()).contains(Fields.of(Map.of("position", 3, "battery", 80)));
        assertThat(Result.ready("Arrived").status()).isEmpty();
    }

    @Test
    void conditionsOfOthersAreRefused() {
        assertThatThrownBy(() -> Result.ready("Done").condition("Accepted", true, "Mine", ""))
                .hasMessageContaining("written by the SDK or the server");
        assertThatThrownBy(() -> Result.ready("not a word")).hasMessageContaining("one camel-case word");
        assertThatThrownBy(() -> Result.ready("Done").again(Duration.ofSeconds(-1)))
                .hasMessageContaining("negative");
        assertThat(Result.ready("Done")
                        .condition("Calibrated", false, "No", "")
                        .condition("Calibrated", true, "Yes", "")
                        .conditions())
                .containsExactly(Condition.of("Calibrated", true, "Yes", ""));
    }

    @Test
    void aHandlerIsCompleteOrRefused() {
        AgentBuilder builder = Agent.builder("localhost:1");

        assertThatThrownBy(() -> builder.manage("robots", h -> h.reconcile((o, c) -> Result.ready("Done"))))
                .hasMessageContaining("claims nothing");
        assertThatThrownBy(() -> builder.manage("robots", HandlerBuilder::wholeType))
                .hasMessageContaining("does nothing");
        assertThatThrownBy(() -> builder.manage("robots", h -> h.wholeType().named("one")))
                .hasMessageContaining("has a claim already");
        assertThatThrownBy(builder::start).hasMessageContaining("workspace is empty");
    }
}
