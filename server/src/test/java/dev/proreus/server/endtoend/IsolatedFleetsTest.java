package dev.proreus.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proreus.guarantees.record.Auditor;
import dev.proreus.guarantees.record.Recorder;
import dev.proreus.guarantees.validate.Verdict;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Isolated, Reliable and Unique while two fleets move at once: the watches of one workspace show every revision of it,
 * each once, and nothing of the other.
 */
class IsolatedFleetsTest {
    private static final List<String> WORKSPACES = List.of("root:acme", "root:globex");
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    @Test
    void watchesOfAWorkspaceShowEveryRevisionOfItAndNothingOfTheOther() {
        try (ServerProcess server = new ServerProcess(folder)) {
            server.start();
            Recorder recorder = new Recorder(System::nanoTime, List.of("spec.agent"));
            Channel recorded = ClientInterceptors.intercept(server.channel(), recorder.client());
            Api api = new Api(recorded);
            WORKSPACES.forEach(api::createWorkspace);
            api.defineType("robots", "Robot");
            Seen acme = watch(recorded, WORKSPACES.get(0));
            Seen globex = watch(recorded, WORKSPACES.get(1));
            try (Fleet fleet = new Fleet(server.address(), WORKSPACES)) {
                fleet.awaitSessions(1);
                for (int round = 0; round < ROUNDS; round++) {
                    Robots.retarget(api, WORKSPACES, round);
                    Robots.awaitConverged(api, WORKSPACES);
                }
                assertEveryRevisionOnce(api, acme);
                assertEveryRevisionOnce(api, globex);
            }
            Auditor auditor = new Auditor(server.channel(), recorder);
            WORKSPACES.forEach(workspace -> auditor.audit(workspace, "robots", 0));
            Verdict.of(recorder.recording()).require();
            assertThat(acme.uids()).isNotEmpty().doesNotContainAnyElementsOf(globex.uids());
            Object here = api.get(WORKSPACES.get(0), "robots", "robot-1");
            Object there = api.get(WORKSPACES.get(1), "robots", "robot-1");
            assertThat(here.getMetadata().getUid())
                    .isNotEqualTo(there.getMetadata().getUid());
        }
    }

    private static Seen watch(Channel channel, String workspace) {
        Seen seen = new Seen(workspace);
        for (String type : List.of("robots", "agents", "resourcetypes", "workspaces")) {
            ObjectServiceGrpc.newStub(channel)
                    .watch(
                            WatchRequest.newBuilder()
                                    .setWorkspace(workspace)
                                    .setType(type)
                                    .setAfterRevision(0)
                                    .build(),
                            seen);
        }
        return seen;
    }

    private static void assertEveryRevisionOnce(Api api, Seen seen) {
        long revision = api.objects()
                .list(ListRequest.newBuilder()
                        .setWorkspace(seen.workspace)
                        .setType("robots")
                        .build())
                .getRevision();
        assertThat(revision).isGreaterThan(Robots.COUNT * 2L);
        await().atMost(Duration.ofSeconds(20)).until(() -> seen.upTo(revision).size() >= revision);
        assertThat(seen.upTo(revision))
                .as("revisions of %s", seen.workspace)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, revision).boxed().toList());
    }

    /** What the watches of one workspace delivered; each stream calls on a thread of its own. */
    private static final class Seen implements StreamObserver<WatchResponse> {
        private final String workspace;
        private final Queue<WatchEvent> events = new ConcurrentLinkedQueue<>();

        Seen(String workspace) {
            this.workspace = workspace;
        }

        @Override
        public void onNext(WatchResponse response) {
            events.addAll(response.getEventsList());
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {}

        List<Long> upTo(long revision) {
            return events.stream()
                    .map(WatchEvent::getRevision)
                    .filter(each -> each <= revision)
                    .sorted()
                    .toList();
        }

        Set<String> uids() {
            Set<String> uids = new HashSet<>();
            for (WatchEvent event : events) {
                uids.add(event.getAdded().getMetadata().getUid());
                uids.add(event.getModified().getMetadata().getUid());
            }
            uids.remove("");
            return uids;
        }
    }
}
