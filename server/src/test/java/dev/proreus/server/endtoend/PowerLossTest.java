package dev.proreus.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.crash.CrashPlan;
import dev.proreus.guarantees.crash.CrashResult;
import dev.proreus.guarantees.crash.CrashRun;
import dev.proreus.guarantees.crash.UnpluggedServer;
import dev.proreus.guarantees.power.NoPowerLibraryException;
import dev.proreus.guarantees.power.PowerLibrary;
import dev.proreus.guarantees.power.PowerNotes;
import dev.proreus.guarantees.power.SyncFault;
import dev.proreus.guarantees.record.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every guarantee through loss of power: after each kill, bytes and names that were not synced are damaged. A server
 * whose syncs do not keep their word is found out by the same run. {@code ./proreus bench crash --power-loss} is the
 * same by hand.
 */
class PowerLossTest {
    private static final int CYCLES = Boolean.getBoolean("proreus.long") ? 50 : 2;
    private static final int WRITERS = 12;
    private static final int WRITES = 100;

    /** Syncs of a server that does not sync for which it does, so that the scene of the run is there after the loss. */
    private static final int HONEST_SYNCS = 5;

    /** So late that some writes are acknowledged meanwhile, and so early that the scene is there. */
    private static final int LATE_MILLIS = 50;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("proreus.seed", System.nanoTime());

    @Test
    void durableThroughLossOfPower() throws Exception {
        UnpluggedServer server = server(null);
        CrashResult result = run(server, new CrashPlan(CYCLES, WRITERS, WRITES, CYCLES));
        assertThat(result.failure()).as("seed %s", seed).isEmpty();
        assertThat(result.verdict().violations()).as("seed %s", seed).isEmpty();
        assertThat(result.cycles()).isEqualTo(CYCLES);
        assertThat(result.acknowledged()).isGreaterThanOrEqualTo((long) CYCLES * WRITES);
        assertThat(server.lost().times()).isGreaterThan(CYCLES);
        assertThat(server.lost().bytes()).as("something was there to be lost").isPositive();
    }

    @Test
    void syncOffIsFound() throws Exception {
        assertFound(SyncFault.off(".log", HONEST_SYNCS));
    }

    @Test
    void acknowledgedBeforeSyncIsFound() throws Exception {
        assertFound(SyncFault.late(".log", LATE_MILLIS));
    }

    /**
     * Runs a server with a fault in its syncs: what was acknowledged is found lost, by the next start, which knows how
     * far the store was durable up to a second ago, or else by the validators.
     */
    private void assertFound(SyncFault fault) throws Exception {
        CrashResult result;
        try {
            result = run(server(fault), new CrashPlan(1, WRITERS, WRITES, 1));
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("has lost commits that were durable");
            return;
        }
        assertThat(result.verdict().violations())
                .as("seed %s", seed)
                .extracting(Violation::guarantee)
                .contains("Durable");
    }

    private UnpluggedServer server(@Nullable SyncFault fault) throws IOException {
        PowerNotes notes = new PowerNotes(library(folder), folder.resolve("power"), ServerProcess.data(folder));
        return new UnpluggedServer(
                new RestartedServer(folder, notes.environment()), notes, new SplittableRandom(seed + 1), fault);
    }

    /** Returns the library, or skips the test where there can be none. */
    static PowerLibrary library(Path folder) throws IOException {
        try {
            return PowerLibrary.compile(folder.resolve("library"));
        } catch (NoPowerLibraryException e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    private CrashResult run(UnpluggedServer server, CrashPlan plan) throws Exception {
        CrashResult result = new CrashRun(
                        plan,
                        server,
                        new Recorder(System::nanoTime, List.of()),
                        new SplittableRandom(seed),
                        PowerLossTest::daemon,
                        line -> {})
                .run();
        System.out.println("power loss, seed " + seed + ": " + result.cycles() + " cycles, " + result.acknowledged()
                + " acknowledged writes, " + result.unknown() + " unknown ones, "
                + result.verdict().count() + " violations; " + server.lost());
        return result;
    }

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "power");
        thread.setDaemon(true);
        return thread;
    }
}
