package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Why a watch ended is told to its sink alone, so where that fails too, the log has both. */
class WatchEndLogTest {
    private final Logger watches = (Logger) LoggerFactory.getLogger("dev.proreus.workspace.watch");
    private final ListAppender<ILoggingEvent> seen = new ListAppender<>();

    @Test
    void theLogHasWhyAWatchEndedWhereItsSinkFailsAtTheEnd() throws Exception {
        seen.start();
        watches.addAppender(seen);
        ExecutorService loop = Executors.newSingleThreadExecutor();
        try (LoopbackServer server = new LoopbackServer(new MemoryStore())) {
            server.createWorkspace("root:acme");
            Workspace acme = server.engine.workspaces().at(WorkspacePath.parse("root:acme"));
            FailingSink sink = new FailingSink();
            server.engine.watch(
                    new WatchSpec(
                            acme.id(), SystemTypes.AGENTS.id(), WatchFilter::every, new WatchStart.Now(), false, 0),
                    sink,
                    loop);
            assertThat(sink.begun.await(20, TimeUnit.SECONDS)).isTrue();
            WorkspaceServiceGrpc.newBlockingStub(server.channel())
                    .deleteWorkspace(DeleteWorkspaceRequest.newBuilder()
                            .setWorkspace("root:acme")
                            .build());
            assertThat(sink.over.await(20, TimeUnit.SECONDS)).isTrue();
            // What it does before this, it has done once this is.
            loop.submit(() -> {}).get(20, TimeUnit.SECONDS);
        } finally {
            watches.detachAppender(seen);
            loop.shutdownNow();
        }
        assertThat(seen.list).singleElement().satisfies(line -> {
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("the call is closed");
            assertThat(line.getThrowableProxy().getSuppressed()[0].getMessage()).contains("deleted");
        });
    }

    /** Fails at the end. */
    private static final class FailingSink implements WatchSink {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void events(WatchMessage message) {}

        @Override
        public void snapshotBegin(long revision) {}

        @Override
        public void bookmark(long revision, boolean initialDone) {
            begun.countDown();
        }

        @Override
        public void ended(RuntimeException why) {
            over.countDown();
            throw new IllegalStateException("the call is closed");
        }
    }
}
