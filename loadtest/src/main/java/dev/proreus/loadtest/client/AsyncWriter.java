package dev.proreus.loadtest.client;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.proreus.v1.ApplyResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects by one thread without waiting for answers, as fast as they are taken or at a steady rate. At a rate a
 * latency is counted from when the write was due, so that a server that stands still does not hide what it delayed.
 */
public final class AsyncWriter {
    /** Writes under way; where there are as many, the next waits, and its latency grows all the same. */
    private static final int UNDER_WAY = 2_048;

    private static final int LATENCY_DIGITS = 3;

    private final List<? extends Channel> channels;
    private final ApplyBytes bytes;
    private final int objects;
    private final LongSupplier nanoTime;
    private final Semaphore free = new Semaphore(UNDER_WAY);
    private final Recorder latencies = new Recorder(LATENCY_DIGITS);
    private final AtomicLong newest = new AtomicLong();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private int written;

    /**
     * Makes a writer.
     *
     * @param objects objects that are written in turn
     */
    public AsyncWriter(List<? extends Channel> channels, ApplyBytes bytes, int objects, LongSupplier nanoTime) {
        this(channels, bytes, objects, nanoTime, 0);
    }

    private AsyncWriter(
            List<? extends Channel> channels, ApplyBytes bytes, int objects, LongSupplier nanoTime, int written) {
        this.written = written;
        this.channels = channels;
        this.bytes = bytes;
        this.objects = objects;
        this.nanoTime = nanoTime;
    }

    /** Returns a writer that goes on where this one is, over other channels. */
    public AsyncWriter on(List<? extends Channel> others) {
        return new AsyncWriter(others, bytes, objects, nanoTime, written);
    }

    /** Writes so often, as fast as it goes, and waits for the answers. */
    public void fill(int writes) throws InterruptedException {
        for (int i = 0; i < writes && failure.get() == null; i++) {
            write(nanoTime.getAsLong());
        }
        settle();
    }

    /** Writes at a rate until told to stop, and waits for the answers; what was measured before is forgotten. */
    public void pace(int perSecond, Stop stop) throws InterruptedException {
        latencies.reset();
        long began = nanoTime.getAsLong();
        for (long i = 0; !stop.now() && failure.get() == null; i++) {
            long due = began + i * 1_000_000_000L / perSecond;
            for (long wait = due - nanoTime.getAsLong(); wait > 0; wait = due - nanoTime.getAsLong()) {
                LockSupport.parkNanos(wait);
            }
            write(due);
        }
        settle();
    }

    /** Says when a writer stops. */
    @FunctionalInterface
    public interface Stop {
        /** Returns whether to stop now. */
        boolean now();
    }

    /** Returns the latencies in nanoseconds since this was last asked, or since {@link #pace} began. */
    public Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    /** Returns the newest revision that was answered. */
    public long newest() {
        return newest.get();
    }

    /** Returns how many writes were sent. */
    public int written() {
        return written;
    }

    /** Returns why a write failed, or null where none did. */
    public @Nullable String failure() {
        return failure.get();
    }

    private void settle() throws InterruptedException {
        free.acquire(UNDER_WAY);
        free.release(UNDER_WAY);
    }

    private void write(long due) throws InterruptedException {
        free.acquire();
        int write = written++;
        ClientCall<byte[], byte[]> call =
                channels.get(write % channels.size()).newCall(RawCalls.APPLY, CallOptions.DEFAULT);
        call.start(new Answer(due), new Metadata());
        call.request(2);
        call.sendMessage(bytes.request(write % objects, write));
        call.halfClose();
    }

    private static long revision(byte[] response) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(response);
        long revision = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == ApplyResponse.REVISION_FIELD_NUMBER) {
                revision = in.readInt64();
            } else {
                in.skipField(tag);
            }
        }
        return revision;
    }

    private final class Answer extends ClientCall.Listener<byte[]> {
        private final long due;

        Answer(long due) {
            this.due = due;
        }

        @Override
        public void onMessage(byte[] message) {
            try {
                newest.accumulateAndGet(revision(message), Math::max);
            } catch (IOException e) {
                failure.compareAndSet(null, "an answer is malformed: " + e.getMessage());
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            latencies.recordValue(Math.max(0, nanoTime.getAsLong() - due));
            if (!status.isOk()) {
                failure.compareAndSet(null, "a write failed: " + status.getCode() + " " + status.getDescription());
            }
            free.release();
        }
    }
}
