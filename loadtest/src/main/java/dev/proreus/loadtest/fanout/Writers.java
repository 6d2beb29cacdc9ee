package dev.proreus.loadtest.fanout;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.loadtest.client.Scene;
import dev.proreus.loadtest.client.Sequence;
import dev.proreus.loadtest.client.WatchScan;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc.ObjectServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The clients that write: each has an object of its own and writes it again when the last write is answered, or at the
 * time that the rate gives it. A write that comes late because the one before took long is counted from when it should
 * have been sent.
 */
final class Writers {
    private final FanoutPlan plan;
    private final Scene scene;
    private final SendTimes sent;
    private final Progress progress;
    private final LongSupplier nanoTime;
    private final long[][] revisions;
    private final Value padding;
    private volatile boolean stopped;

    Writers(FanoutPlan plan, Scene scene, SendTimes sent, Progress progress, LongSupplier nanoTime) {
        this.plan = plan;
        this.scene = scene;
        this.sent = sent;
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.revisions = new long[plan.writers()][];
        this.padding =
                Value.newBuilder().setStringValue("x".repeat(plan.padding())).build();
    }

    /** Creates the objects. */
    void create(ObjectServiceBlockingStub stub) {
        for (int writer = 0; writer < plan.writers(); writer++) {
            var unused = stub.apply(request(writer, 0));
        }
    }

    /** Writes all that one writer has to write. */
    void write(int writer, ObjectServiceBlockingStub stub, long began, CountDownLatch done) {
        long[] mine = new long[plan.eventsOf(writer)];
        try {
            for (int i = 0; i < mine.length && !stopped; i++) {
                sent.sent(writer, i, pace(writer, i, began));
                mine[i] = stub.apply(request(writer, i + 1)).getRevision();
                progress.wrote();
            }
        } catch (StatusRuntimeException e) {
            progress.failed("a write failed: " + e.getStatus());
        } finally {
            synchronized (revisions) {
                revisions[writer] = mine;
            }
            done.countDown();
        }
    }

    void stop() {
        stopped = true;
    }

    /** Returns what every watcher must have been told: the revisions of all answered writes, ascending. */
    Sequence answered() {
        Sequence all = new Sequence();
        synchronized (revisions) {
            Arrays.stream(revisions)
                    .flatMapToLong(Arrays::stream)
                    .filter(revision -> revision > 0)
                    .sorted()
                    .forEach(all::add);
        }
        return all;
    }

    /** Waits for a write's turn; returns when it is sent, or should have been. */
    private long pace(int writer, int write, long began) {
        if (plan.writesPerSecond() == 0) {
            return nanoTime.getAsLong();
        }
        long turn = (long) write * plan.writers() + writer;
        long due = began + turn * 1_000_000_000L / plan.writesPerSecond();
        for (long wait = due - nanoTime.getAsLong(); wait > 0 && !stopped; wait = due - nanoTime.getAsLong()) {
            LockSupport.parkNanos(wait);
        }
        return due;
    }

    private ApplyRequest request(int writer, int count) {
        return ApplyRequest.newBuilder()
                .setWorkspace(scene.workspace())
                .setType(Scene.TYPE)
                .setObject(Object.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(WatchScan.name(writer)))
                        .setSpec(Struct.newBuilder()
                                .putFields(
                                        "count",
                                        Value.newBuilder().setNumberValue(count).build())
                                .putFields("padding", padding)))
                .build();
    }
}
