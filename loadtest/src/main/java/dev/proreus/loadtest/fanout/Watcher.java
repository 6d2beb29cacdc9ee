package dev.proreus.loadtest.fanout;

import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * One watch that checks what it gets. All calls of one watcher come one after another; totals may be read once
 * {@code done} has counted it down.
 */
final class Watcher implements StreamObserver<WatchResponse> {
    /** The longest latency that is told apart: a minute in microseconds. */
    static final long LATENCY_MAX_MICROS = 60_000_000L;

    private final Histogram latencyMicros = new Histogram(LATENCY_MAX_MICROS, 3);
    private final SendTimes sendTimes;
    private final LongSupplier nanoTime;
    private final long expected;
    private final CountDownLatch done;
    private long lastRevision;
    private long received;
    private long outOfOrder;
    private long missing;
    private long bytes;

    /**
     * Makes a watcher.
     *
     * @param afterRevision the revision that it watches after
     * @param expected the events that it must get, one for each revision from there on
     */
    Watcher(SendTimes sendTimes, LongSupplier nanoTime, long afterRevision, long expected, CountDownLatch done) {
        this.sendTimes = sendTimes;
        this.nanoTime = nanoTime;
        this.lastRevision = afterRevision;
        this.expected = expected;
        this.done = done;
    }

    @Override
    public void onNext(WatchResponse response) {
        long now = nanoTime.getAsLong();
        bytes += response.getSerializedSize();
        for (WatchEvent event : response.getEventsList()) {
            check(event.getRevision());
            long micros = (now - sendTimes.of(event.getModified())) / 1_000;
            latencyMicros.recordValue(Math.min(LATENCY_MAX_MICROS, Math.max(0, micros)));
        }
        if (received >= expected) {
            done.countDown();
        }
    }

    private void check(long revision) {
        received++;
        if (revision <= lastRevision) {
            outOfOrder++;
        } else {
            missing += revision - lastRevision - 1;
            lastRevision = revision;
        }
    }

    @Override
    public void onError(Throwable t) {
        done.countDown();
    }

    @Override
    public void onCompleted() {
        done.countDown();
    }

    /** Adds what this watcher saw to the totals. */
    void addTo(Totals totals) {
        long never = Math.max(0, expected - received - missing);
        totals.add(received, missing + never, outOfOrder, bytes, latencyMicros);
    }
}
