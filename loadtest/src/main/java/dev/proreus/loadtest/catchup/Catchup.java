package dev.proreus.loadtest.catchup;

import dev.proreus.loadtest.client.ApplyBytes;
import dev.proreus.loadtest.client.AsyncWriter;
import dev.proreus.loadtest.client.Scene;
import dev.proreus.loadtest.process.ServerProbe;
import dev.proreus.loadtest.process.Surroundings;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run: writes a history, then measures in pairs. */
final class Catchup {
    private static final int WRITE_CONNECTIONS = 4;
    private static final int FILL_STEP = 50_000;

    /** A watcher that takes so many times as long as it may is given up. */
    private static final int PATIENCE = 6;

    private final CatchupPlan plan;
    private final String target;
    private final Surroundings around;
    private final ServerProbe probe;
    private final PrintWriter err;
    private final List<ManagedChannel> channels = new ArrayList<>();

    Catchup(CatchupPlan plan, String target, Surroundings around, ServerProbe probe, PrintWriter err) {
        this.plan = plan;
        this.target = target;
        this.around = around;
        this.probe = probe;
        this.err = err;
    }

    CatchupResult run() throws InterruptedException {
        for (int i = 0; i < WRITE_CONNECTIONS; i++) {
            connect();
        }
        List<ManagedChannel> writing = List.copyOf(channels);
        Scene scene = new Scene(writing.get(0), around.random());
        scene.set();
        AsyncWriter writer = new AsyncWriter(
                writing,
                new ApplyBytes(scene.workspace(), Scene.TYPE, plan.specBytes()),
                plan.objects(),
                around.nanoTime());
        List<CatchupResult.Pair> pairs = new ArrayList<>();
        try {
            fill(writer);
            String failure = writer.failure();
            for (int i = 1; i <= plan.warmUps() && failure == null; i++) {
                failure = pair("warm-up " + i + " of " + plan.warmUps(), scene, writer, new ArrayList<>());
            }
            probe.begin();
            for (int i = 1; i <= plan.pairs() && failure == null; i++) {
                failure = pair("pair " + i + " of " + plan.pairs(), scene, writer, pairs);
            }
            long unused = probe.end();
            return new CatchupResult(plan, pairs, failure);
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private void fill(AsyncWriter writer) throws InterruptedException {
        // The first round over the objects creates them, and is not part of what the watcher is behind.
        int wanted = plan.behind() + plan.objects();
        while (writer.written() < wanted && writer.failure() == null) {
            tell(String.format(Locale.ROOT, "writing history: %,d of %,d revisions", writer.written(), wanted));
            writer.fill(Math.min(FILL_STEP, wanted - writer.written()));
        }
    }

    /** Adds what one pair gives; returns what went wrong, or null. */
    private @Nullable String pair(String which, Scene scene, AsyncWriter writer, List<CatchupResult.Pair> pairs)
            throws InterruptedException {
        long began = now();
        long enough = plan.seconds() * 1_000_000_000L;
        writer.pace(plan.perSecond(), () -> now() - began >= enough);
        double alone = writer.latencies().getValueAtPercentile(99) / 1e6;

        LateWatcher watcher = new LateWatcher(connect(), writer::newest);
        long started = now();
        Finish finish = new Finish(watcher, started, enough);
        watcher.start(scene.workspace(), Scene.TYPE, writer.newest() - plan.behind());
        writer.pace(plan.perSecond(), finish);
        double together = writer.latencies().getValueAtPercentile(99) / 1e6;
        watcher.cancel();
        if (watcher.failure() != null) {
            return watcher.failure();
        }
        if (!watcher.caughtUp()) {
            return String.format(
                    Locale.ROOT,
                    "the watcher had not caught up after %.0f s: it is at revision %,d of %,d",
                    (now() - started) / 1e9,
                    watcher.last(),
                    writer.newest());
        }
        CatchupResult.Pair pair = new CatchupResult.Pair(alone, together, finish.seconds());
        pairs.add(pair);
        tell(String.format(
                Locale.ROOT,
                "%s: caught up in %.2f s; write p99 %.2f ms alone, %.2f ms meanwhile",
                which,
                pair.catchUpSeconds(),
                alone,
                together));
        return writer.failure();
    }

    /** Ends the measurement when the watcher has caught up and the time is over, or when it fails. */
    private final class Finish implements AsyncWriter.Stop {
        private final LateWatcher watcher;
        private final long started;
        private final long enough;
        private long caughtUpAfter = -1;

        Finish(LateWatcher watcher, long started, long enough) {
            this.watcher = watcher;
            this.started = started;
            this.enough = enough;
        }

        /** Asked before each write, and so to a fraction of a millisecond of when it happened. */
        @Override
        public boolean now() {
            long passed = Catchup.this.now() - started;
            if (caughtUpAfter < 0 && watcher.caughtUp()) {
                caughtUpAfter = passed;
            }
            boolean givenUp = watcher.failure() != null || passed > PATIENCE * plan.withinSeconds() * 1e9;
            return givenUp || (caughtUpAfter >= 0 && passed >= enough);
        }

        double seconds() {
            return caughtUpAfter / 1e9;
        }
    }

    private long now() {
        return around.nanoTime().getAsLong();
    }

    private ManagedChannel connect() {
        ManagedChannel channel = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .directExecutor()
                .build();
        channels.add(channel);
        return channel;
    }

    private void tell(String what) {
        err.println("bench catchup: " + what);
        err.flush();
    }
}
