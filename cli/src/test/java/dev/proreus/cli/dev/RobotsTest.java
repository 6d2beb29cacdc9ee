package dev.proreus.cli.dev;

import static dev.proreus.cli.testing.RobotBuilder.robot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.cli.connection.Endpoint;
import dev.proreus.cli.watch.Change;
import dev.proreus.v1.Object;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RobotsTest {
    private final Robots robots = new Robots();
    private final RobotName name = new RobotName("root:acme", "robot-1");

    @Test
    void targetsAreFarEnoughAndOnTheLine() {
        for (int seed = 0; seed < 50; seed++) {
            Targets targets = new Targets(new SplittableRandom(seed));
            for (int position = -3; position < 110; position++) {
                int here = Math.max(0, Math.min(99, position));
                assertThat(targets.from(position)).isBetween(0, 99);
                assertThat(Math.abs(targets.from(position) - here)).isBetween(5, 15);
            }
        }
    }

    @Test
    void aRobotIsReadyOnlyAtItsNewestGeneration() {
        robots.expect(name, 3);
        assertThat(robots.unready()).containsExactly("root:acme robot-1: not seen yet");

        see(robot("robot-1").generation(2).condition("Ready", "True", 2).build());
        assertThat(robots.unready()).containsExactly("root:acme robot-1: Ready is True, generation 2, observed 2");
        see(robot("robot-1").generation(3).condition("Ready", "True", 2).build());
        assertThat(robots.unready()).hasSize(1);
        see(robot("robot-1").generation(3).condition("Ready", "False", 3).build());
        assertThat(robots.unready()).hasSize(1);
        see(robot("robot-1").generation(3).build());
        assertThat(robots.unready())
                .containsExactly("root:acme robot-1: no agent has reported Ready, generation 3, observed 0");

        see(robot("robot-1").generation(3).condition("Ready", "True", 3).build());
        assertThat(robots.unready()).isEmpty();
        assertThat(robots.expected()).isEqualTo(1);
    }

    @Test
    void aRobotThatIsGoneIsNotWaitedFor() {
        robots.expect(name, 3);
        see(robot("robot-1").build());

        robots.changed(
                "root:acme", new Change(Change.Kind.DELETED, robot("robot-1").build(), 9));

        assertThat(robots.unready()).isEmpty();
        assertThat(robots.expected()).isZero();
    }

    @Test
    void robotsAreOrderedAsPeopleCount() {
        List<RobotName> ordered = List.of(
                new RobotName("root:acme", "mine"),
                new RobotName("root:acme", "robot-2"),
                new RobotName("root:acme", "robot-10"),
                new RobotName("root:globex", "robot-1"));

        assertThat(ordered.stream().sorted(java.util.Comparator.reverseOrder()).sorted())
                .containsExactlyElementsOf(ordered);
    }

    @Test
    void hintsNameTheServerAndHowToInstallWhatIsMissing() {
        assertThat(new Hints(new Endpoint("127.0.0.1", 9000), "/nowhere:").lines())
                .anyMatch(line -> line.contains("go install github.com/fullstorydev/grpcurl/cmd/grpcurl@latest"))
                .contains("  ./proreus get robots -w root:acme --watch -s 127.0.0.1:9000")
                .contains("  grpcurl -plaintext 127.0.0.1:9000 list")
                .contains("  grpcurl -plaintext -d '{\"workspace\":\"root:acme\",\"type\":\"robots\"}' 127.0.0.1:9000"
                        + " proreus.v1.ObjectService/List");
        assertThat(new Hints(Endpoint.DEFAULT, "/nowhere").lines()).contains("  ./proreus ws tree");
    }

    private void see(Object robot) {
        robots.changed("root:acme", new Change(Change.Kind.MODIFIED, robot, 1));
    }
}
