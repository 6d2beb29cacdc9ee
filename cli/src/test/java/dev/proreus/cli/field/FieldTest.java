package dev.proreus.cli.field;

import static dev.proreus.cli.testing.RobotBuilder.robot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.Condition;
import dev.proreus.v1.Object;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTest {
    private static final Object ROBOT = robot("robot-1")
            .target(42)
            .generation(3)
            .condition("Ready", "True", 2)
            .build();

    @ParameterizedTest
    @CsvSource({
        "spec.target,42",
        ".spec.target,42",
        "spec.agent,fleet",
        "status.conditions.0.type,Ready",
        "status.conditions.1.type,''",
        "status.conditions.x,''",
        "spec.target.deeper,''",
        "spec.nothing,''",
        "nothing,''",
        "metadata.name,robot-1",
        "metadata.labels.tier/x.y,''"
    })
    void aPathLeadsToAWord(String path, String word) {
        assertThat(FieldPath.of(path).word(ROBOT)).isEqualTo(word);
    }

    @Test
    void labelsMayHaveDotsInTheirKeys() {
        Object.Builder labelled = ROBOT.toBuilder();
        labelled.getMetadataBuilder().putLabels("example.com/tier", "gold");

        assertThat(FieldPath.of("metadata.labels.example.com/tier").word(labelled.build()))
                .isEqualTo("gold");
    }

    @Test
    void conditionsAreRead() {
        Condition ready = Conditions.find(ROBOT, "Ready").orElseThrow();

        assertThat(ready.getStatus()).isEqualTo("True");
        assertThat(ready.getReason()).isEqualTo("Moved");
        assertThat(ready.getObservedGeneration()).isEqualTo(2);
        assertThat(ready.getLastTransitionTime().getSeconds()).isEqualTo(1_795_395_600L);
        assertThat(Conditions.isNow(ROBOT, ready)).isFalse();
        assertThat(Conditions.observedGeneration(ROBOT)).isEqualTo(2);
        assertThat(Conditions.of(robot("bare").build())).isEmpty();
        assertThat(Conditions.observedGeneration(robot("bare").build())).isZero();
    }
}
