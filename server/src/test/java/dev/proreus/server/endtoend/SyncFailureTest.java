package dev.proreus.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.guarantees.crash.CrashPlan;
import dev.proreus.guarantees.crash.CrashResult;
import dev.proreus.guarantees.crash.CrashRun;
import dev.proreus.guarantees.crash.KillableServer;
import dev.proreus.guarantees.power.PowerNotes;
import dev.proreus.guarantees.power.SyncFault;
import dev.proreus.guarantees.record.Recorder;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What happens where the disk cannot keep what it was given: a sync under load fails, of the log or of what background
 * work writes. Writes under way have an unknown outcome, nothing of them is seen, and the process ends by itself within
 * a second, with the reason; the next start finds a history that agrees with all that was told, whether what could not
 * be synced is there or not.
 */
class SyncFailureTest {
    /** Between the sync that fails and the end of the process. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(1);

    /** By SIGKILL, as a shell would tell it. */
    private static final int KILLED = 128 + 9;

    private static final int WRITERS = 12;
    private static final int WRITES = 100;

    /** Text of one object; with the buffers of a server, a hundred of them make RocksDB move them to tables. */
    private static final String BULK = "x".repeat(900_000);

    private static final int BULK_NAMES = 200;

    /**
     * A sync that fails.
     *
     * @param fault which one
     * @param bulk whether much must be written for it to come
     * @param powerLoss whether the power is lost when the process has ended
     */
    private record Failing(SyncFault fault, boolean bulk, boolean powerLoss) {}

    @TempDir
    Path folder;

    private final long seed = Long.getLong("proreus.seed", System.nanoTime());

    /** The log's alone in short, since it takes much to be written until others come. */
    static Stream<Failing> failures() {
        Failing second = new Failing(SyncFault.failing(".log", 2), false, true);
        return !Boolean.getBoolean("proreus.long")
                ? Stream.of(second)
                : Stream.of(
                        second,
                        new Failing(SyncFault.failing(".log", 1), false, false),
                        new Failing(SyncFault.failingFrom(".log", 7), false, true),
                        new Failing(SyncFault.failing(".log", 100), false, false),
                        new Failing(SyncFault.failing(".sst", 1), true, false),
                        new Failing(SyncFault.failingFrom(".sst", 2), true, true),
                        new Failing(SyncFault.failing("MANIFEST", 1), true, false),
                        new Failing(SyncFault.failingFrom("MANIFEST", 1), true, true),
                        new Failing(SyncFault.failingFrom("rocksdb", 150), true, true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void endsTheProcessAndLeavesAHistoryThatAgrees(Failing failing) throws Exception {
        PowerNotes notes =
                new PowerNotes(PowerLossTest.library(folder), folder.resolve("power"), ServerProcess.data(folder));
        FailingServer server = new FailingServer(folder, notes, failing);
        CrashResult result = new CrashRun(
                        new CrashPlan(1, WRITERS, WRITES, 1),
                        server,
                        new Recorder(System::nanoTime, List.of()),
                        new SplittableRandom(seed),
                        PowerLossTest::daemon,
                        line -> {})
                .run();
        System.out.println(failing + ", seed " + seed + ": gone "
                + server.goneAfter().toMillis() + " ms after the sync; a client was told " + server.told() + "; "
                + result.acknowledged() + " acknowledged writes, " + result.unknown() + " unknown ones, "
                + result.verdict().count() + " violations");
        assertThat(result.failure()).as("seed %s", seed).isEmpty();
        assertThat(result.verdict().violations()).as("seed %s", seed).isEmpty();
        assertThat(server.exitCode()).isEqualTo(KILLED);
        assertThat(server.goneAfter()).isLessThan(GONE_WITHIN);
        assertThat(server.told()).isIn(Status.Code.UNKNOWN, Status.Code.UNAVAILABLE);
        assertThat(server.log().get(server.log().size() - 1))
                .contains("the store failed")
                .contains("Input/output error");
    }

    /** A server whose first kill is a sync that fails: it has to end by itself. */
    private static final class FailingServer implements KillableServer {
        private final Path folder;
        private final PowerNotes notes;
        private final Failing failing;
        private @Nullable ServerProcess server;
        private @Nullable Duration goneAfter;
        private Status.@Nullable Code told;
        private List<String> log = List.of();
        private int exitCode;

        FailingServer(Path folder, PowerNotes notes, Failing failing) {
            this.folder = folder;
            this.notes = notes;
            this.failing = failing;
        }

        @Override
        public Channel start() throws IOException {
            notes.begin();
            ServerProcess next = new ServerProcess(folder, notes.environment());
            server = next;
            next.start();
            return next.channel();
        }

        @Override
        public void kill() {
            ServerProcess running = Objects.requireNonNull(server);
            try {
                if (goneAfter == null) {
                    fail(running);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                running.close();
            }
        }

        private void fail(ServerProcess running) throws IOException {
            Api api = new Api(running.channel());
            api.createWorkspace("root:bulk");
            notes.plant(failing.fault());
            told = writeUntilItFails(api);
            exitCode = running.awaitEnd();
            goneAfter =
                    Duration.ofNanos(System.nanoTime() - notes.firstFailure().orElseThrow());
            log = running.log().lines().toList();
            if (failing.powerLoss()) {
                var unused = notes.lose(new SplittableRandom(0), true);
            }
        }

        private Status.Code writeUntilItFails(Api api) {
            String text = failing.bulk() ? BULK : "";
            for (int i = 0; ; i++) {
                try {
                    var unused = api.apply(
                            "root:bulk",
                            "things",
                            "bulk-" + i % BULK_NAMES,
                            Api.struct(Map.of("text", Api.text(text), "i", Api.number(i))));
                } catch (StatusRuntimeException e) {
                    return e.getStatus().getCode();
                }
            }
        }

        Duration goneAfter() {
            return Objects.requireNonNull(goneAfter);
        }

        Status.Code told() {
            return Objects.requireNonNull(told);
        }

        int exitCode() {
            return exitCode;
        }

        List<String> log() {
            return log;
        }
    }
}
