package dev.proreus.cli.watch;

import static dev.proreus.cli.testing.RobotBuilder.robot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.cli.loop.MainLoop;
import dev.proreus.cli.testing.RobotBuilder;
import dev.proreus.cli.testing.ScriptedServer;
import dev.proreus.v1.Object;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResumingWatchTest {
    private static final WatchRequest ROBOTS = WatchRequest.newBuilder()
            .setWorkspace("root:acme")
            .setType("robots")
            .build();

    private final ScriptedServer server = new ScriptedServer();
    private final List<String> heard = new ArrayList<>();
    private final MainLoop loop = new MainLoop(System::nanoTime);
    private final ManagedChannel channel = server.channel();
    private final ResumingWatch watch = new ResumingWatch(channel, loop, ROBOTS, new Recorder());

    @BeforeEach
    void begin() {
        server.put("root:acme", robot("robot-1").build());
        server.put("root:globex", robot("robot-9").build());
        server.start();
    }

    @AfterEach
    void end() {
        watch.close();
        channel.shutdownNow();
        server.close();
    }

    @Test
    void tellsTheStateThenChanges() {
        watch.start();
        runUntilHeard("added robot-1 at 1", "complete");

        Object second = server.put("root:acme", robot("robot-2").build());
        server.put("root:acme", RobotBuilder.from(second).target(5).build());
        server.put("root:globex", robot("robot-9").target(7).build());
        server.delete("root:acme", "robot-1");

        runUntilHeard(
                "added robot-1 at 1",
                "complete",
                "added robot-2 at 3",
                "modified robot-2 at 4",
                "deleted robot-1 at 6");
    }

    @Test
    void resumesAfterTheLastRevisionWhenTheServerComesBack() {
        watch.start();
        runUntilHeard("added robot-1 at 1", "complete");
        Object second = server.put("root:acme", robot("robot-2").build());
        runUntilHeard("added robot-1 at 1", "complete", "added robot-2 at 3");

        server.stop();
        server.put("root:acme", RobotBuilder.from(second).target(5).build());
        server.start();

        runUntilHeard("added robot-1 at 1", "complete", "added robot-2 at 3", "modified robot-2 at 4");
        WatchRequest last = server.watchRequests().get(server.watchRequests().size() - 1);
        assertThat(last.getAfterRevision()).isEqualTo(3);
        assertThat(last.getIncarnation()).isEqualTo("first");
    }

    @Test
    void startsOverFromTheStateWhereItsPositionIsTooOldAndTellsTheDifference() {
        Object second = server.put("root:acme", robot("robot-2").build());
        server.put("root:acme", robot("robot-3").build());
        watch.start();
        runUntilHeard("added robot-1 at 1", "added robot-2 at 3", "added robot-3 at 4", "complete");
        heard.clear();

        server.endWatches(ScriptedServer.refusal(Status.Code.OUT_OF_RANGE, "RESOURCE_VERSION_EXPIRED", "too old"));
        server.delete("root:acme", "robot-1");
        server.put("root:acme", RobotBuilder.from(second).target(5).build());

        runUntilHeard("modified robot-2 at 6", "deleted robot-1 at 6");
        WatchRequest last = server.watchRequests().get(server.watchRequests().size() - 1);
        assertThat(last.getStartCase()).isEqualTo(WatchRequest.StartCase.START_NOT_SET);
    }

    @Test
    void startsAfterAStateThatWasReadElsewhere() {
        Object first = server.find("root:acme", "robot-1").orElseThrow();
        watch.startAfter(List.of(first), 2, "first");

        server.put("root:acme", RobotBuilder.from(first).target(5).build());

        runUntilHeard("modified robot-1 at 3");
        assertThat(server.watchRequests().get(0).getAfterRevision()).isEqualTo(2);
    }

    @Test
    void endsWhereTryingAgainMendsNothing() {
        watch.start();
        runUntilHeard("added robot-1 at 1", "complete");

        server.endWatches(ScriptedServer.refusal(Status.Code.NOT_FOUND, "WORKSPACE_DELETED", "it was deleted"));

        runUntilHeard("added robot-1 at 1", "complete", "refused NOT_FOUND");
    }

    @Test
    void believesAFaultOnlyWhenItLasts() {
        watch.start();
        runUntilHeard("added robot-1 at 1", "complete");

        server.endWatches(Status.INTERNAL.asRuntimeException());
        Object second = server.put("root:acme", robot("robot-2").build());

        runUntilHeard("added robot-1 at 1", "complete", "added robot-2 at " + version(second));
    }

    @Test
    void aNameThatComesBackAsAnotherObjectIsAdded() {
        Known known = new Known();
        known.seed(robot("robot-1").version("one", 3).build());

        assertThat(known.apply(added(robot("robot-1").version("one", 3).build())))
                .isEmpty();
        assertThat(known.apply(added(robot("robot-1").version("two", 5).build())))
                .hasValueSatisfying(change -> assertThat(change.kind()).isEqualTo(Change.Kind.ADDED));
        assertThat(known.apply(added(robot("robot-1").version("two", 6).build())))
                .hasValueSatisfying(change -> assertThat(change.kind()).isEqualTo(Change.Kind.MODIFIED));
    }

    private static WatchEvent added(Object object) {
        return WatchEvent.newBuilder().setAdded(object).build();
    }

    private static long version(Object object) {
        return object.getMetadata().getResourceVersion();
    }

    private void runUntilHeard(String... expected) {
        List<String> wanted = List.of(expected);
        loop.run(() -> heard.size() >= wanted.size());
        assertThat(heard).isEqualTo(wanted);
    }

    /** Writes down what it hears. */
    private final class Recorder implements Watcher {
        @Override
        public void changed(Change change) {
            heard.add(
                    change.kind().word() + " " + change.object().getMetadata().getName() + " at " + change.revision());
        }

        @Override
        public void complete() {
            heard.add("complete");
        }

        @Override
        public void refused(StatusRuntimeException failure) {
            heard.add("refused " + failure.getStatus().getCode());
        }
    }
}
