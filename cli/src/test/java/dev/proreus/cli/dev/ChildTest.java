package dev.proreus.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.cli.testing.HandLoop;
import dev.proreus.cli.testing.ScriptedProcesses;
import dev.proreus.cli.testing.ScriptedProcesses.Scripted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildTest {
    private final HandLoop loop = new HandLoop();
    private final ScriptedProcesses processes = new ScriptedProcesses();
    private final List<String> heard = new ArrayList<>();
    private final Child child =
            new Child("server", List.of("proreus", "serve"), processes, loop, new RestartPolicy(2), new Recorder());

    @Test
    void startsAgainAtOnceWhatDiedAtWork() {
        child.start();
        child.isGoing();
        last().exit(137);
        loop.advance(Duration.ZERO);

        assertThat(heard).containsExactly("started 100", "died: was ended by signal 9", "started 101");
    }

    @Test
    void waitsLongerWhileItKeepsDyingSoon() {
        child.start();
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            child.isGoing();
            last().exit(137);
            waits.add(untilStarted());
        }

        assertThat(waits)
                .extracting(Duration::toMillis)
                .containsExactly(0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);

        child.isGoing();
        loop.advance(RestartPolicy.LONG_LIFE);
        last().exit(137);
        assertThat(untilStarted()).isZero();
    }

    @Test
    void givesUpAfterTwoStartsThatFailAndTellsItsLastLine() {
        child.start();
        last().print("proreus: 127.0.0.1:8490 is taken");
        last().print("");
        last().exit(1);
        loop.advance(Duration.ZERO);
        last().print("proreus: 127.0.0.1:8490 is still taken");
        last().exit(1);
        loop.advance(Duration.ofMinutes(1));

        assertThat(heard)
                .containsExactly(
                        "started 100",
                        "died: ended with exit code 1",
                        "started 101",
                        "gave up: ended with exit code 1 [proreus: 127.0.0.1:8490 is still taken]");
        assertThat(loop.pending()).isZero();
    }

    @Test
    void aStartThatFailsSlowlyIsAFailedStartToo() {
        child.start();
        loop.advance(Duration.ofMinutes(1));
        last().exit(1);
        loop.advance(Duration.ofMinutes(1));
        last().exit(1);

        assertThat(heard).last().isEqualTo("gave up: ended with exit code 1 []");
        assertThat(processes.started()).hasSize(2);
    }

    @Test
    void countsFailedStartsInARowOnly() {
        child.start();
        for (int i = 0; i < 5; i++) {
            last().exit(1);
            loop.advance(Duration.ofSeconds(20));
            child.isGoing();
            last().exit(137);
            loop.advance(Duration.ofSeconds(20));
        }

        assertThat(heard).noneMatch(line -> line.startsWith("gave up"));
    }

    @Test
    void thinksTwiceWhereItWasAskedToEnd() {
        child.start();
        child.isGoing();
        last().exit(143);
        loop.advance(Duration.ofMillis(499));
        assertThat(processes.started()).hasSize(1);

        loop.advance(Duration.ofMillis(1));
        assertThat(processes.started()).hasSize(2);
    }

    @Test
    void isNotStartedAgainOnceItIsStopped() {
        child.start();
        child.isGoing();
        last().exit(143);
        child.stop(Duration.ofSeconds(10), () -> heard.add("stopped"));
        loop.advance(Duration.ofMinutes(1));

        assertThat(heard).containsExactly("started 100", "stopped");
    }

    @Test
    void mayEndBeforeItIsStoppedOnceItIsLetGo() {
        child.start();
        child.isGoing();
        child.letGo();
        last().exit(130);
        loop.advance(Duration.ofMinutes(1));
        assertThat(heard).containsExactly("started 100");

        child.stop(Duration.ofSeconds(10), () -> heard.add("stopped"));
        assertThat(heard).containsExactly("started 100", "stopped");
        assertThat(last().told()).isEmpty();
    }

    @Test
    void endsPolitelyThenByForce() {
        child.start();
        Scripted process = last();
        process.stubborn();
        child.stop(Duration.ofSeconds(10), () -> heard.add("stopped"));
        loop.advance(Duration.ofMillis(9_999));
        assertThat(process.told()).containsExactly("terminate");
        assertThat(heard).containsExactly("started 100");

        loop.advance(Duration.ofMillis(1));
        assertThat(process.told()).containsExactly("terminate", "kill");
        assertThat(heard).containsExactly("started 100", "stopped");
    }

    @Test
    void tellsWhereItCannotBeStarted() {
        processes.missing();
        child.start();

        assertThat(heard).containsExactly("gave up: cannot be started [no such program]");
        assertThat(child.pid()).isEmpty();
    }

    private Scripted last() {
        return processes.started().get(processes.started().size() - 1);
    }

    private Duration untilStarted() {
        int before = processes.started().size();
        Duration begin = loop.now();
        while (processes.started().size() == before) {
            loop.advance(Duration.ZERO);
            if (processes.started().size() == before) {
                loop.advance(Duration.ofMillis(100));
            }
        }
        return loop.now().minus(begin);
    }

    /** Writes down what it hears. */
    private final class Recorder implements Child.Listener {
        @Override
        public void started(Child started) {
            heard.add("started " + started.pid().orElseThrow());
        }

        @Override
        public void died(Child dead, String how) {
            heard.add("died: " + how);
        }

        @Override
        public void gaveUp(Child dead, String how, List<String> lastLines) {
            heard.add("gave up: " + how + " " + lastLines);
        }
    }
}
