package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.Object;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Shows that agents converge: many of them in two workspaces, while objects are made, retargeted, handed over and
 * deleted, and agents report, break off, come back with their cursor and are taken over from. Each agent checks every
 * event against what it holds: nothing comes twice, nothing is missing, nothing goes back.
 */
class AgentServiceConcurrencyTest {
    private static final List<String> WORKSPACES = List.of("root:acme", "root:globex");
    private static final int AGENTS = 4;
    private static final int ROBOTS = 12;
    private static final int WRITES = 150;
    private static final int AGENT_STEPS = 60;

    @Test
    void allAgentsConverge() throws Exception {
        long seed = Long.getLong("proreus.seed", System.nanoTime());
        System.out.println("AgentServiceConcurrencyTest: -Dproreus.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (LoopbackServer server = new LoopbackServer(new MemoryStore())) {
            server.objects("root").defineTypes();
            WORKSPACES.forEach(server::createWorkspace);
            List<AgentDriver> agents = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (String workspace : WORKSPACES) {
                for (int i = 0; i < AGENTS; i++) {
                    AgentDriver agent = new AgentDriver(server, workspace, "agent-" + i, random.split());
                    agents.add(agent);
                    running.add(threads.submit(() -> agent.act(AGENT_STEPS)));
                }
                SplittableRandom chance = random.split();
                running.add(threads.submit(() -> write(server.objects(workspace), chance)));
            }
            for (Future<?> each : running) {
                each.get(2, TimeUnit.MINUTES);
            }
            for (AgentDriver agent : agents) {
                agent.settle(head(server, agent.workspace()));
                assertThat(agent.held())
                        .as("%s in %s", agent.name(), agent.workspace())
                        .isEqualTo(assigned(server.objects(agent.workspace()), agent.name()));
                agent.leave();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void write(Objects objects, SplittableRandom random) {
        boolean[] there = new boolean[ROBOTS];
        for (int i = 0; i < WRITES; i++) {
            int robot = random.nextInt(ROBOTS);
            if (there[robot] && random.nextInt(6) == 0) {
                objects.delete("robots", "r" + robot);
                there[robot] = false;
            } else {
                objects.robot("r" + robot, "agent-" + random.nextInt(AGENTS + 1), random.nextInt(100));
                there[robot] = true;
            }
        }
    }

    private static long head(LoopbackServer server, String workspace) {
        return server.engine.workspaces().at(WorkspacePath.parse(workspace)).revision();
    }

    /** Returns the uids and generations of what an agent must hold in the end. */
    private static Map<String, Long> assigned(Objects objects, String agent) {
        Map<String, Long> wanted = new HashMap<>();
        for (Object each : objects.list("robots")) {
            if (each.getSpec().getFieldsOrThrow("agent").getStringValue().equals(agent)) {
                wanted.put(each.getMetadata().getUid(), each.getMetadata().getGeneration());
            }
        }
        return wanted;
    }
}
