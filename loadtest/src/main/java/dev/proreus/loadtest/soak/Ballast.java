package dev.proreus.loadtest.soak;

import dev.proreus.loadtest.client.ApplyBytes;
import dev.proreus.loadtest.client.AsyncWriter;
import dev.proreus.loadtest.process.AdminPort;
import dev.proreus.loadtest.soak.Calls.RefusedCallException;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Channel;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/** Large writes that fill the server's ring of events after each start, so that it does not grow while looked at. */
final class Ballast {
    private static final String WORKSPACE = "root:soak:ballast";
    private static final int OBJECTS = 64;
    private static final int SPEC_BYTES = 64 << 10;
    private static final int STEP = 64;
    private static final double FULL = 0.95;

    private final AsyncWriter writer;

    Ballast(Channel channel, LongSupplier nanoTime) {
        writer = new AsyncWriter(
                List.of(channel), new ApplyBytes(WORKSPACE, Holding.SHARED.name(), SPEC_BYTES), OBJECTS, nanoTime);
    }

    static void set(Calls calls) throws RefusedCallException {
        calls.call(
                WorkspaceServiceGrpc.getCreateWorkspaceMethod(),
                CreateWorkspaceRequest.newBuilder().setWorkspace(WORKSPACE).build());
    }

    void fill(AdminPort admin) throws IOException, InterruptedException {
        AdminPort.Metrics metrics = admin.metrics();
        while (metrics.get("proreus_watch_ring_size_bytes") < FULL * metrics.get("proreus_watch_ring_limit_bytes")) {
            writer.fill(STEP);
            String failure = writer.failure();
            if (failure != null) {
                throw new IOException(failure);
            }
            metrics = admin.metrics();
        }
    }
}
