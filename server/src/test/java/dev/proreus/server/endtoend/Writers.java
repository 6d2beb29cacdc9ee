package dev.proreus.server.endtoend;

import dev.proreus.v1.Object;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that write objects as fast as they are answered, and remember every acknowledged write. */
final class Writers implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int NAMES = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final ConcurrentMap<String, Acknowledged> newest = new ConcurrentHashMap<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Api api;
    private final List<String> workspaces;
    private volatile Goal goal = new Goal(Long.MAX_VALUE);
    private volatile boolean ended;

    Writers(Api api, List<String> workspaces) {
        this.api = api;
        this.workspaces = workspaces;
    }

    void start() {
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = "note-" + thread + "-";
            String workspace = workspaces.get(thread % workspaces.size());
            threads.execute(() -> write(workspace, prefix));
        }
    }

    private void write(String workspace, String prefix) {
        for (long n = 0; !ended; n++) {
            String name = prefix + n % NAMES;
            try {
                Object written = api.apply(workspace, "notes", name, Api.struct(Map.of("n", Api.number((double) n))));
                String uid = written.getMetadata().getUid();
                newest.put(
                        workspace + "/" + name,
                        new Acknowledged(
                                workspace, name, uid, written.getMetadata().getResourceVersion()));
                goal.reached(acknowledged.incrementAndGet());
            } catch (StatusRuntimeException e) {
                // the server was killed under the write: its outcome is unknown, and the next one finds the new server
            }
        }
    }

    /** Returns once that many more writes were acknowledged. */
    void awaitMore(long writes) throws InterruptedException {
        Goal next = new Goal(acknowledged.get() + writes);
        goal = next;
        next.reached(acknowledged.get());
        if (!next.latch.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("not " + writes + " writes within 60 s");
        }
    }

    long acknowledged() {
        return acknowledged.get();
    }

    List<Acknowledged> newest() {
        return List.copyOf(newest.values());
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdownNow();
    }

    /** The newest acknowledged write of one name. */
    record Acknowledged(String workspace, String name, String uid, long resourceVersion) {}

    private record Goal(long count, CountDownLatch latch) {
        Goal(long count) {
            this(count, new CountDownLatch(1));
        }

        void reached(long writes) {
            if (writes >= count) {
                latch.countDown();
            }
        }
    }
}
