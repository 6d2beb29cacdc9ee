package dev.proreus.loadtest.writes;

import dev.proreus.loadtest.client.ApplyBytes;
import dev.proreus.loadtest.client.Scene;
import dev.proreus.loadtest.process.ServerProbe;
import dev.proreus.loadtest.process.Surroundings;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One run: clients write until all writes are done, and the server is asked how many revisions that took. */
final class Writes {
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    /** Where nothing is answered for so long, the run has failed. */
    private static final int STALLED_AFTER_SECONDS = 30;

    private static final int LATENCY_DIGITS = 3;

    private final WritesPlan plan;
    private final String target;
    private final Surroundings around;
    private final ServerProbe probe;
    private final PrintWriter err;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<Histogram> latencies = new ArrayList<>();

    Writes(WritesPlan plan, String target, Surroundings around, ServerProbe probe, PrintWriter err) {
        this.plan = plan;
        this.target = target;
        this.around = around;
        this.probe = probe;
        this.err = err;
    }

    WritesResult run() throws InterruptedException {
        ManagedChannel control = connect();
        Scene scene = new Scene(control, around.random());
        scene.set();
        try {
            long before = scene.revision();
            ApplyBytes bytes = new ApplyBytes(scene.workspace(), Scene.TYPE, plan.specBytes());
            List<WritingClient> clients = clients(bytes);
            probe.begin();
            long began = around.nanoTime().getAsLong();
            clients.forEach(WritingClient::next);
            await();
            double seconds = (around.nanoTime().getAsLong() - began) / 1e9;
            long cpu = probe.end();
            Histogram all = new Histogram(LATENCY_DIGITS);
            latencies.forEach(all::add);
            return new WritesResult(plan, seconds, answered.get(), scene.revision() - before, all, cpu, failure.get());
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    /** Returns the number of the next write, or -1 where all are under way or the run has failed. */
    int take() {
        int write = taken.getAndIncrement();
        return write < plan.total() && end.getCount() > 0 ? write : -1;
    }

    void answered() {
        if (answered.incrementAndGet() == plan.total()) {
            end.countDown();
        }
    }

    void failed(String why) {
        failure.compareAndSet(null, why);
        end.countDown();
    }

    private List<WritingClient> clients(ApplyBytes bytes) {
        for (int i = 0; i < plan.connections(); i++) {
            var unused = connect();
            latencies.add(new Histogram(LATENCY_DIGITS));
        }
        List<WritingClient> clients = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            int connection = i % plan.connections();
            // The first channel is for control.
            clients.add(new WritingClient(
                    this,
                    channels.get(connection + 1),
                    bytes,
                    plan.objects(),
                    around.nanoTime(),
                    latencies.get(connection)));
        }
        return clients;
    }

    private void await() throws InterruptedException {
        int before = 0;
        int still = 0;
        while (!end.await(TELL_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            int now = answered.get();
            still = now == before ? still + 1 : 0;
            before = now;
            err.println(String.format(Locale.ROOT, "bench writes: %,d of %,d writes", now, plan.total()));
            err.flush();
            if (still >= STALLED_AFTER_SECONDS) {
                failed("nothing was answered for " + STALLED_AFTER_SECONDS + " s");
            }
        }
    }

    private ManagedChannel connect() {
        ManagedChannel channel = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .directExecutor()
                .build();
        channels.add(channel);
        return channel;
    }
}
