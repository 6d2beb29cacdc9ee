package dev.proreus.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import dev.proreus.agent.Agent;
import dev.proreus.agent.AgentListener;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Result;
import dev.proreus.v1.Object;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Durable and Resumable through kill -9: the server is killed under load while a fleet moves; every acknowledged write
 * is read back, every session resumes by delta, and what was committed but not delivered arrives.
 */
class DurableCrashTest {
    private static final int KILLS = Boolean.getBoolean("proreus.long") ? 50 : 5;
    private static final int ROBOTS = 5;
    private static final int WRITES_BEFORE_KILL = 400;
    private static final double WRITES_A_SECOND = 200;
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
            retarget(api, 0);
            try (Fleet fleet = new Fleet(server.address());
                    Writers writers = new Writers(api, WORKSPACES)) {
                fleet.awaitSessions(1);
                writers.start();
                for (int kill = 1; kill <= KILLS; kill++) {
                    crash(server, api, writers, fleet, kill);
                }
                assertThat(fleet.resumesAfterTheFirst()).containsOnly(AgentListener.Resumed.DELTA);
                awaitConverged(api);
                System.out.println("crash: " + KILLS + " kills, " + writers.acknowledged() + " acknowledged writes, "
                        + writers.newest().size() + " objects read back after each, 0 lost");
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\nserver log:\n" + server.log(), e);
            }
        }
    }

    private static void crash(ServerProcess server, Api api, Writers writers, Fleet fleet, int kill) throws Exception {
        long started = System.nanoTime();
        writers.awaitMore(WRITES_BEFORE_KILL);
        double seconds = (System.nanoTime() - started) / 1e9;
        assertThat(WRITES_BEFORE_KILL / seconds)
                .as("acknowledged writes a second while the fleet moves")
                .isGreaterThanOrEqualTo(WRITES_A_SECOND);
        List<Object> undelivered = retarget(api, kill);
        server.kill();
        List<Writers.Acknowledged> acknowledged = writers.newest();
        server.start();
        for (Writers.Acknowledged each : acknowledged) {
            Object read = api.get(each.workspace(), "notes", each.name());
            assertThat(read.getMetadata().getUid()).isEqualTo(each.uid());
            assertThat(read.getMetadata().getResourceVersion()).isGreaterThanOrEqualTo(each.resourceVersion());
        }
        fleet.awaitSessions(kill + 1);
        awaitConverged(api);
        assertThat(undelivered)
                .allSatisfy(
                        robot -> assertThat(robot.getMetadata().getGeneration()).isEqualTo(kill + 1L));
    }

    /** Gives every robot a target, and returns the robots as acknowledged. */
    private static List<Object> retarget(Api api, int round) {
        List<Object> robots = new ArrayList<>();
        for (String workspace : WORKSPACES) {
            for (int robot = 1; robot <= ROBOTS; robot++) {
                double target = round % 2 == 0 ? robot : robot + 20.0;
                Struct spec = Api.struct(Map.of("agent", Api.text("fleet"), "target", Api.number(target)));
                robots.add(api.apply(workspace, "robots", "robot-" + robot, spec));
            }
        }
        return robots;
    }

    private static void awaitConverged(Api api) {
        for (String workspace : WORKSPACES) {
            for (int robot = 1; robot <= ROBOTS; robot++) {
                String name = "robot-" + robot;
                await().atMost(Duration.ofSeconds(30)).until(() -> converged(api.get(workspace, "robots", name)));
            }
        }
    }

    private static boolean converged(Object robot) {
        Struct status = robot.getStatus();
        double position = status.getFieldsOrDefault("position", Api.number(-1)).getNumberValue();
        double observed =
                status.getFieldsOrDefault("observedGeneration", Api.number(0)).getNumberValue();
        return position == robot.getSpec().getFieldsOrThrow("target").getNumberValue()
                && observed == robot.getMetadata().getGeneration();
    }

    /** One agent a workspace on the public SDK, which moves each robot a step at a time. */
    private static final class Fleet implements AutoCloseable {
        private final List<Agent> agents = new ArrayList<>();
        private final List<List<AgentListener.Resumed>> sessions = new ArrayList<>();

        Fleet(String address) {
            for (String workspace : WORKSPACES) {
                List<AgentListener.Resumed> resumes = new CopyOnWriteArrayList<>();
                sessions.add(resumes);
                agents.add(Agent.builder(address)
                        .workspace(workspace)
                        .name("fleet")
                        .manage(
                                "robots",
                                robots -> robots.assignedTo("fleet").reconcile((robot, context) -> step(robot)))
                        .reconnect(Duration.ofMillis(50), Duration.ofSeconds(1))
                        .listener(new AgentListener() {
                            @Override
                            public void connected(String session, long epoch, List<Resumed> resumed) {
                                resumes.addAll(resumed);
                            }
                        })
                        .start());
            }
        }

        private static Result step(AgentObject robot) {
            long target = robot.spec().integer("target", 0);
            long position = robot.status().integer("position", 0);
            if (position == target) {
                return Result.ready("Arrived").status("position", position);
            }
            long next = position + Long.signum(target - position);
            return Result.progressing("Moving").status("position", next).again(Duration.ofMillis(20));
        }

        void awaitSessions(int count) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> sessions.stream().allMatch(resumes -> resumes.size() >= count));
        }

        List<AgentListener.Resumed> resumesAfterTheFirst() {
            return sessions.stream()
                    .flatMap(resumes -> resumes.stream().skip(1))
                    .toList();
        }

        @Override
        public void close() {
            agents.forEach(Agent::close);
        }
    }
}
