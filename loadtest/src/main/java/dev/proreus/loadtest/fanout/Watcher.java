package dev.proreus.loadtest.fanout;

import dev.proreus.loadtest.client.RawCalls;
import dev.proreus.loadtest.client.WatchScan;
import dev.proreus.v1.WatchRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One watch stream and what it was told.
 *
 * <p>Thread rule: everything but {@link #start}, {@link #stopReading} and {@link #readOn} runs on the event loop of its
 * connection, which also owns the histogram. Others read the results after {@link Progress} says that the watcher has
 * all.
 */
final class Watcher extends ClientCall.Listener<byte[]> implements WatchScan.Sink {
    /** Messages that may be under way; a watcher that waited for each one would measure its own slowness. */
    private static final int MESSAGES_UNDER_WAY = 32;

    /** What watchers have in common. */
    record Common(SendTimes sent, Progress progress, LongSupplier nanoTime, CountDownLatch live) {}

    private final Common common;
    private final Latencies latencies;
    private final ClientCall<byte[], byte[]> call;
    private final WatchScan scan = new WatchScan();
    private final Told told;
    private final AtomicBoolean reading = new AtomicBoolean(true);
    private final AtomicInteger owed = new AtomicInteger();
    private boolean live;
    private long now;
    private long bytes;
    private long messages;

    Watcher(Channel channel, Common common, Told told, Latencies latencies) {
        this.common = common;
        this.told = told;
        this.latencies = latencies;
        this.call = channel.newCall(RawCalls.WATCH, CallOptions.DEFAULT);
    }

    void start(WatchRequest request) {
        call.start(this, new Metadata());
        call.request(MESSAGES_UNDER_WAY);
        call.sendMessage(request.toByteArray());
        call.halfClose();
    }

    /** Stops to ask for messages; what was asked for may still come. */
    void stopReading() {
        reading.set(false);
    }

    /** Asks for messages again. */
    void readOn() {
        reading.set(true);
        call.request(owed.getAndSet(0));
    }

    void cancel() {
        call.cancel("the run is over", null);
    }

    Told told() {
        return told;
    }

    long bytes() {
        return bytes;
    }

    long messages() {
        return messages;
    }

    @Override
    public void onMessage(byte[] message) {
        now = common.nanoTime().getAsLong();
        bytes += message.length;
        messages++;
        long before = told.count();
        try {
            scan.read(message, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        common.progress().told(told.count() - before, now);
        if (reading.get()) {
            call.request(1);
        } else {
            owe();
        }
    }

    /** Remembers a message that was not asked for; asks at once where {@link #readOn} came in between. */
    private void owe() {
        owed.incrementAndGet();
        if (reading.get()) {
            call.request(owed.getAndSet(0));
        }
    }

    @Override
    public void event(long revision, int writer, long generation) {
        if (live && common.sent().isOurs(writer, generation)) {
            told.event(revision, writer, SendTimes.write(generation));
            long sent = common.sent().of(writer, generation);
            latencies.record(sent, now - sent);
        }
    }

    @Override
    public void bookmark(long revision, boolean initialDone) {
        told.bookmark(revision);
        if (initialDone) {
            live = true;
            common.live().countDown();
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        common.progress().closed(status);
    }
}
