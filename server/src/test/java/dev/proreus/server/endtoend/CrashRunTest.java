package dev.proreus.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.guarantees.crash.CrashPlan;
import dev.proreus.guarantees.crash.CrashResult;
import dev.proreus.guarantees.crash.CrashRun;
import dev.proreus.guarantees.record.Recorder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every guarantee through kill -9: the server dies under load again and again, and all that its clients were told is
 * judged across the restarts. {@code ./proreus bench crash} is the same run by hand.
 */
class CrashRunTest {
    private static final int CYCLES = Boolean.getBoolean("proreus.long") ? 100 : 10;
    private static final int WRITERS = 12;
    private static final int WRITES = 100;

    @TempDir
    Path folder;

    @Test
    void nothingIsLostAndEveryGuaranteeHoldsThroughKills() throws Exception {
        long seed = Long.getLong("proreus.seed", System.nanoTime());
        Recorder recorder = new Recorder(System::nanoTime, List.of());
        CrashResult result = new CrashRun(
                        new CrashPlan(CYCLES, WRITERS, WRITES, CYCLES / 2),
                        new RestartedServer(folder, Map.of()),
                        recorder,
                        new SplittableRandom(seed),
                        CrashRunTest::daemon,
                        line -> {})
                .run();
        System.out.println("crash run, seed " + seed + ": " + result.cycles() + " cycles, " + result.acknowledged()
                + " acknowledged writes, " + result.unknown() + " unknown ones, " + result.verdict());
        assertThat(result.failure()).as("seed %s", seed).isEmpty();
        assertThat(result.verdict().violations()).as("seed %s", seed).isEmpty();
        assertThat(result.cycles()).isEqualTo(CYCLES);
        assertThat(result.acknowledged()).isGreaterThanOrEqualTo((long) CYCLES * WRITES);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "crash");
        thread.setDaemon(true);
        return thread;
    }
}
