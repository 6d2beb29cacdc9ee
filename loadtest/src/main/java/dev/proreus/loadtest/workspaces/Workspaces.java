package dev.proreus.loadtest.workspaces;

import dev.proreus.loadtest.client.ManyCalls;
import dev.proreus.loadtest.process.LaunchedServer;
import dev.proreus.loadtest.process.ServerMemory;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc.WorkspaceServiceBlockingStub;
import io.grpc.Channel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One run: makes the workspaces, weighs them, then measures starts. */
final class Workspaces {
    private static final int CONNECTIONS = 4;
    private static final int STEP = 20_000;
    private static final int CALL_SECONDS = 20;

    private final WorkspacesPlan plan;
    private final LaunchedServer server;
    private final Surroundings around;
    private final PrintWriter err;

    Workspaces(WorkspacesPlan plan, LaunchedServer server, Surroundings around, PrintWriter err) {
        this.plan = plan;
        this.server = server;
        this.around = around;
        this.err = err;
    }

    WorkspacesResult run() throws IOException, InterruptedException {
        List<Channel> channels = new ArrayList<>(List.of(server.start()));
        while (channels.size() < CONNECTIONS) {
            channels.add(server.connect());
        }
        ManyCalls makers = new ManyCalls(channels, plan.clients());
        create(channels.get(0), "root:bench");
        make(makers, 0, plan.warmUp(), "warming up");
        long before = ServerMemory.of(server.pid()).heapBytes();
        long began = now();
        make(makers, plan.warmUp(), plan.count(), "making");
        double seconds = (now() - began) / 1e9;
        long heap = ServerMemory.of(server.pid()).heapBytes() - before;
        List<Double> starts = new ArrayList<>();
        for (int i = 1; i <= plan.times(); i++) {
            server.stop();
            starts.add(start(i));
        }
        return new WorkspacesResult(plan, seconds, heap, starts);
    }

    private void make(ManyCalls makers, int fromInclusive, int toExclusive, String what)
            throws IOException, InterruptedException {
        for (int made = fromInclusive; made < toExclusive; made += STEP) {
            tell(String.format(Locale.ROOT, "%s: %,d of %,d workspaces", what, made, plan.count()));
            makers.call(
                    WorkspaceServiceGrpc.getCreateWorkspaceMethod(),
                    made,
                    Math.min(toExclusive, made + STEP),
                    number -> creation(path(number)));
        }
    }

    /** Starts the server and returns the seconds from the command until a workspace was read and one was made. */
    private double start(int number) throws IOException {
        long began = now();
        Channel channel = server.start();
        workspaces(channel)
                .getWorkspace(GetWorkspaceRequest.newBuilder()
                        .setWorkspace(path(plan.count() - 1))
                        .build());
        create(channel, "root:restart-" + number);
        double seconds = (now() - began) / 1e9;
        tell(String.format(
                Locale.ROOT,
                "start %d of %d with %,d workspaces: first read and first durable creation after %.2f s",
                number,
                plan.times(),
                plan.count(),
                seconds));
        return seconds;
    }

    private static void create(Channel channel, String path) {
        workspaces(channel).createWorkspace(creation(path));
    }

    private static CreateWorkspaceRequest creation(String path) {
        return CreateWorkspaceRequest.newBuilder().setWorkspace(path).build();
    }

    private static String path(int number) {
        return "root:bench:tenant-" + number;
    }

    private static WorkspaceServiceBlockingStub workspaces(Channel channel) {
        return WorkspaceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private long now() {
        return around.nanoTime().getAsLong();
    }

    private void tell(String what) {
        err.println("bench workspaces: " + what);
        err.flush();
    }
}
