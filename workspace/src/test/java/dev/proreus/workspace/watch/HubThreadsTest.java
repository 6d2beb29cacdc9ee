package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarantees with real threads: one that commits, two loops, two readers, and one that stands for transports. */
class HubThreadsTest {
    private static final long WORKSPACE = 1;
    private static final int COMMITS = Boolean.getBoolean("proreus.short") ? 200 : 2_000;
    private static final int WATCHES = 60;
    private static final long SECONDS = 120;

    @ParameterizedTest
    @ValueSource(longs = {2_000, 100_000, 64 << 20})
    void guaranteesHoldWithThreads(long ringBytes) throws InterruptedException {
        ModelStore model = new ModelStore();
        model.chunks(50, 20);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<ExecutorService> loops = List.of(loop(failures), loop(failures));
        ExecutorService committer = Executors.newSingleThreadExecutor();
        List<Watched> watches = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(WATCHES);
        try (WatchHub hub = new WatchHub(
                ringBytes, model, model, model::place, readers, 2, new WatchMetrics(Instrumentation.none()))) {
            CountDownLatch committed = new CountDownLatch(1);
            SplittableRandom random = new SplittableRandom(ringBytes);
            for (int i = 0; i < WATCHES; i++) {
                if (i == WATCHES / 2) {
                    committer.execute(() -> {
                        commit(model, hub);
                        committed.countDown();
                    });
                }
                watches.add(watch(model, hub, loops.get(i % 2), random, done));
            }
            while (!committed.await(0, TimeUnit.SECONDS)) {
                Watched watched = watches.get(random.nextInt(WATCHES));
                watched.sink.take(random.nextInt(4));
                watched.subscription.ready();
                if (random.nextInt(8) == 0) {
                    watched.subscription.requestBookmark();
                }
            }
            for (Watched watched : watches) {
                watched.sink.take(Integer.MAX_VALUE);
                watched.subscription.ready();
                watched.subscription.requestBookmark();
            }
            boolean all = done.await(SECONDS, TimeUnit.SECONDS);
            assertThat(failures).isEmpty();
            assertThat(all).as("everybody has a bookmark at the end").isTrue();
        } finally {
            committer.shutdownNow();
            loops.forEach(ExecutorService::shutdown);
            readers.shutdownNow();
        }
        for (Watched watched : watches) {
            new WatchGuarantees(
                            model, watched.spec, List.of(watched.spec.filter().get()))
                    .checkComplete(watched.sink.recording.calls(), model.head(WORKSPACE));
        }
        System.out.println("threads, ring of " + ringBytes + " bytes: " + model.reads() + " reads of history, "
                + watches.stream()
                        .mapToInt(watched -> watched.sink.recording.calls().size())
                        .sum()
                + " calls of sinks for " + model.head(WORKSPACE) + " revisions");
    }

    private static ExecutorService loop(Queue<Throwable> failures) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "loop");
            thread.setUncaughtExceptionHandler((failed, why) -> failures.add(why));
            return thread;
        });
    }

    private static void commit(ModelStore model, WatchHub hub) {
        SplittableRandom random = new SplittableRandom(COMMITS);
        for (int left = COMMITS; left > 0; ) {
            List<Change> batch = new ArrayList<>();
            for (int size = 1 + random.nextInt(20); size > 0 && left > 0; size--, left--) {
                List<Write> writes = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    String name = "r" + i + random.nextInt(5);
                    writes.add(
                            random.nextInt(6) == 0
                                    ? Write.remove(name)
                                    : Write.assign(name, "agent" + random.nextInt(4)));
                }
                batch.addAll(model.commit(WORKSPACE, writes));
            }
            if (!batch.isEmpty()) {
                model.raise(WORKSPACE, batch.get(batch.size() - 1).revision());
                hub.publish(batch);
            }
        }
    }

    private static Watched watch(
            ModelStore model, WatchHub hub, ExecutorService loop, SplittableRandom random, CountDownLatch done) {
        WatchFilter filter = switch (random.nextInt(3)) {
            case 0 -> WatchFilter.every();
            case 1 -> WatchFilter.named("r0" + random.nextInt(5));
            default -> new Filters.Assigned("agent" + random.nextInt(4));
        };
        WatchStart start = random.nextBoolean()
                ? new WatchStart.InitialState()
                : new WatchStart.After(random.nextLong(model.head(WORKSPACE) + 1));
        WatchSpec spec = new WatchSpec(WORKSPACE, Write.ROBOTS, () -> filter, start, false, 0);
        SlowSink sink = new SlowSink(model, done);
        return new Watched(spec, sink, hub.subscribe(spec, sink, loop));
    }

    private record Watched(WatchSpec spec, SlowSink sink, Subscription subscription) {}

    /** Records, is ready by fits and starts, and tells when it has a bookmark at the end of everything. */
    private static final class SlowSink implements WatchSink {
        private final ModelStore model;
        private final CountDownLatch done;
        private final RecordingSink recording;
        private volatile boolean last;
        private boolean told;

        SlowSink(ModelStore model, CountDownLatch done) {
            this.model = model;
            this.done = done;
            this.recording = new RecordingSink(() -> model.head(WORKSPACE)).grant(1);
        }

        void take(int messages) {
            last |= messages == Integer.MAX_VALUE;
            recording.grantAtLeast(messages);
        }

        @Override
        public boolean isReady() {
            return recording.isReady();
        }

        @Override
        public void events(WatchMessage message) {
            recording.events(message);
        }

        @Override
        public void snapshotBegin(long revision) {
            recording.snapshotBegin(revision);
        }

        @Override
        public void bookmark(long revision, boolean initialDone) {
            recording.bookmark(revision, initialDone);
            if (last && !told && revision == model.head(WORKSPACE)) {
                told = true;
                done.countDown();
            }
        }

        @Override
        public void ended(RuntimeException why) {
            if (!(why instanceof RefusedException)) {
                throw new AssertionError(why);
            }
            assertThat(recording.calls()).noneMatch(Call.Ended.class::isInstance);
        }
    }
}
