package dev.proreus.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.agent.AgentListener;
import dev.proreus.v1.Object;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Durable and Resumable through kill -9: the server is killed under load while a fleet moves; every acknowledged write
 * is read back, every session resumes by delta, and what was committed but not delivered arrives.
 */
class DurableCrashTest {
    private static final int KILLS = Boolean.getBoolean("proreus.long") ? 50 : 2;
    private static final int WRITES_BEFORE_KILL = 400;
    private static final double WRITES_A_SECOND = 200;
    private static final int LOAD_ATTEMPTS = 20;
    private static final List<String> WORKSPACES = List.of("root:acme", "root:globex");

    @TempDir
    Path folder;

    @Test
    void killedUnderLoadNothingAcknowledgedIsLostAndEverythingConverges() throws Exception {
        try (ServerProcess server = new ServerProcess(folder)) {
            server.start();
            Api api = new Api(server.channel());
            WORKSPACES.forEach(api::createWorkspace);
            api.defineType("robots", "Robot");
            api.defineType("notes", "Note");
            Robots.retarget(api, WORKSPACES, 0);
            try (Fleet fleet = new Fleet(server.address(), WORKSPACES);
                    Writers writers = new Writers(api, WORKSPACES)) {
                fleet.awaitSessions(1);
                writers.start();
                for (int kill = 1; kill <= KILLS; kill++) {
                    crash(server, api, writers, fleet, kill);
                }
                assertThat(fleet.resumesAfterTheFirst()).containsOnly(AgentListener.Resumed.DELTA);
                Robots.awaitConverged(api, WORKSPACES);
                System.out.println("crash: " + KILLS + " kills, " + writers.acknowledged() + " acknowledged writes, "
                        + writers.newest().size() + " objects read back after each, 0 lost");
            } catch (AssertionError | ConditionTimeoutException e) {
                throw new AssertionError(e.getMessage() + "\nserver log:\n" + server.log(), e);
            }
        }
    }

    /** Returns once the writers are at their rate: a kill of an idle server would show little. */
    private static void awaitLoad(Writers writers) throws InterruptedException {
        double best = 0;
        for (int attempt = 0; attempt < LOAD_ATTEMPTS; attempt++) {
            long started = System.nanoTime();
            writers.awaitMore(WRITES_BEFORE_KILL);
            double rate = WRITES_BEFORE_KILL * 1e9 / (System.nanoTime() - started);
            if (rate >= WRITES_A_SECOND) {
                return;
            }
            best = Math.max(best, rate);
        }
        throw new AssertionError("at most " + (long) best + " acknowledged writes a second");
    }

    private static void crash(ServerProcess server, Api api, Writers writers, Fleet fleet, int kill) throws Exception {
        awaitLoad(writers);
        List<Object> undelivered = Robots.retarget(api, WORKSPACES, kill);
        server.kill();
        List<Writers.Acknowledged> acknowledged = writers.newest();
        server.start();
        for (Writers.Acknowledged each : acknowledged) {
            Object read = api.get(each.workspace(), "notes", each.name());
            assertThat(read.getMetadata().getUid()).isEqualTo(each.uid());
            assertThat(read.getMetadata().getResourceVersion()).isGreaterThanOrEqualTo(each.resourceVersion());
        }
        fleet.awaitSessions(kill + 1);
        Robots.awaitConverged(api, WORKSPACES);
        assertThat(undelivered)
                .allSatisfy(
                        robot -> assertThat(robot.getMetadata().getGeneration()).isEqualTo(kill + 1L));
    }
}
