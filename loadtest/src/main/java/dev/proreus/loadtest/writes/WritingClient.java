package dev.proreus.loadtest.writes;

import dev.proreus.loadtest.client.ApplyBytes;
import dev.proreus.loadtest.client.RawCalls;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * One client: one write under way, the next when it is answered. After the first write everything runs on the event
 * loop of its connection, which also owns the histogram.
 */
final class WritingClient {
    private final WritesLeft left;
    private final Channel channel;
    private final ApplyBytes bytes;
    private final int objects;
    private final LongSupplier nanoTime;
    private final Histogram latencies;

    WritingClient(
            WritesLeft left,
            Channel channel,
            ApplyBytes bytes,
            int objects,
            LongSupplier nanoTime,
            Histogram latencies) {
        this.left = left;
        this.channel = channel;
        this.bytes = bytes;
        this.objects = objects;
        this.nanoTime = nanoTime;
        this.latencies = latencies;
    }

    /** Sends the next write, if there is one. */
    void next() {
        int write = left.take();
        if (write < 0) {
            return;
        }
        ClientCall<byte[], byte[]> call = channel.newCall(RawCalls.APPLY, CallOptions.DEFAULT);
        call.start(new Answer(nanoTime.getAsLong()), new Metadata());
        call.request(2);
        call.sendMessage(bytes.request(write % objects, write));
        call.halfClose();
    }

    private final class Answer extends ClientCall.Listener<byte[]> {
        private final long sent;

        Answer(long sent) {
            this.sent = sent;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!status.isOk()) {
                left.failed("a write failed: " + status.getCode() + " " + status.getDescription());
                return;
            }
            latencies.recordValue(nanoTime.getAsLong() - sent);
            left.answered();
            next();
        }
    }
}
