package dev.proreus.loadtest.fanout;

import dev.proreus.v1.ApplyResponse;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run: opens the watches, writes, waits until each watcher has everything, and adds up. */
final class FanoutRun {
    private static final Duration PROGRESS = Duration.ofSeconds(2);

    private final FanoutPlan plan;
    private final List<? extends Channel> channels;
    private final Ground ground;
    private final LongSupplier nanoTime;
    private final PrintWriter progress;
    private final SendTimes sendTimes;
    private final List<Watcher> watchers = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    FanoutRun(
            FanoutPlan plan,
            List<? extends Channel> channels,
            Ground ground,
            LongSupplier nanoTime,
            PrintWriter progress) {
        this.plan = plan;
        this.channels = channels;
        this.ground = ground;
        this.nanoTime = nanoTime;
        this.progress = progress;
        this.sendTimes = new SendTimes(plan.events() + 1);
    }

    Totals run() throws InterruptedException {
        long start = ground.write(plan.events());
        CountDownLatch done = new CountDownLatch(plan.watchers());
        open(start, done);
        progress.printf("%d watches are open; writing %d times%n", plan.watchers(), plan.events());
        progress.flush();
        long began = nanoTime.getAsLong();
        write();
        await(done, began);
        Totals totals = new Totals(plan, Duration.ofNanos(nanoTime.getAsLong() - began));
        watchers.forEach(watcher -> watcher.addTo(totals));
        return totals;
    }

    /** Opens the watches after one revision, so that it does not matter which of them is ready first. */
    private void open(long afterRevision, CountDownLatch done) {
        WatchRequest request = WatchRequest.newBuilder()
                .setWorkspace(ground.workspace())
                .setType(Ground.TYPE)
                .setAfterRevision(afterRevision)
                .build();
        for (int i = 0; i < plan.watchers(); i++) {
            Watcher watcher = new Watcher(sendTimes, nanoTime, afterRevision, plan.events(), done);
            watchers.add(watcher);
            ObjectServiceGrpc.newStub(channels.get(i % channels.size())).watch(request, watcher);
        }
    }

    private void write() throws InterruptedException {
        Semaphore inFlight = new Semaphore(plan.inFlight());
        ObjectServiceGrpc.ObjectServiceStub stub = ObjectServiceGrpc.newStub(channels.get(0));
        for (int number = 0; number < plan.events() && failure.get() == null; number++) {
            inFlight.acquire();
            sendTimes.sent(number, nanoTime.getAsLong());
            stub.apply(ground.writing(number), new Answer(inFlight));
        }
        inFlight.acquire(plan.inFlight());
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a write failed: " + failed.getMessage(), failed);
        }
    }

    private void await(CountDownLatch done, long began) throws InterruptedException {
        while (!done.await(PROGRESS.toMillis(), TimeUnit.MILLISECONDS)) {
            Duration passed = Duration.ofNanos(nanoTime.getAsLong() - began);
            progress.printf("%d of %d watchers have everything%n", plan.watchers() - done.getCount(), plan.watchers());
            progress.flush();
            if (passed.compareTo(plan.timeout()) > 0) {
                return;
            }
        }
    }

    private final class Answer implements StreamObserver<ApplyResponse> {
        private final Semaphore inFlight;

        Answer(Semaphore inFlight) {
            this.inFlight = inFlight;
        }

        @Override
        public void onNext(ApplyResponse response) {}

        @Override
        public void onError(Throwable t) {
            failure.compareAndSet(null, t);
            inFlight.release();
        }

        @Override
        public void onCompleted() {
            inFlight.release();
        }
    }
}
