package dev.proreus.loadtest.fanout;

import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * One watch stream and what it was told.
 *
 * <p>Thread rule: everything but {@link #start} runs on the event loop of its connection, which also owns the
 * histogram. Others read the results after {@link Progress} says that the watcher has all.
 */
final class Watcher extends ClientCall.Listener<byte[]> implements WatchScan.Sink {
    /** Messages that may be under way; a watcher that waited for each one would measure its own slowness. */
    private static final int MESSAGES_UNDER_WAY = 32;

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new Bytes();
    private static final MethodDescriptor<byte[], byte[]> WATCH = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName(ObjectServiceGrpc.getWatchMethod().getFullMethodName())
            .setRequestMarshaller(BYTES)
            .setResponseMarshaller(BYTES)
            .build();

    /** What watchers have in common. */
    record Common(SendTimes sent, Progress progress, LongSupplier nanoTime, CountDownLatch live) {}

    private final Common common;
    private final Histogram latencies;
    private final ClientCall<byte[], byte[]> call;
    private final WatchScan scan = new WatchScan();
    private final Sequence told = new Sequence();
    private boolean live;
    private long now;
    private long bytes;

    Watcher(Channel channel, Common common, Histogram latencies) {
        this.common = common;
        this.latencies = latencies;
        this.call = channel.newCall(WATCH, CallOptions.DEFAULT);
    }

    void start(WatchRequest request) {
        call.start(this, new Metadata());
        call.request(MESSAGES_UNDER_WAY);
        call.sendMessage(request.toByteArray());
        call.halfClose();
    }

    void cancel() {
        call.cancel("the run is over", null);
    }

    Sequence told() {
        return told;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void onMessage(byte[] message) {
        now = common.nanoTime().getAsLong();
        bytes += message.length;
        long before = told.count();
        try {
            scan.read(message, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        common.progress().told(told.count() - before, now);
        call.request(1);
    }

    @Override
    public void event(long revision, int writer, long generation) {
        if (live && common.sent().isOurs(writer, generation)) {
            told.add(revision);
            latencies.recordValue(Math.max(0, now - common.sent().of(writer, generation)));
        }
    }

    @Override
    public void bookmark(long revision, boolean initialDone) {
        told.closeUpTo(revision);
        if (initialDone) {
            live = true;
            common.live().countDown();
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        common.progress().closed(status);
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                int size = stream instanceof KnownLength ? stream.available() : 0;
                return size > 0 ? stream.readNBytes(size) : stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
