package dev.proreus.loadtest.fanout;

import dev.proreus.loadtest.client.Scene;
import dev.proreus.loadtest.client.Sequence;
import dev.proreus.loadtest.process.ServerProbe;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One run: sets the scene, lets all watchers begin, writes, and waits until every watcher has been told of every write,
 * or nothing comes any more. Then compares what each was told with what was answered.
 *
 * <p>Write and event are timed by one clock in one process: a latency is from when a write was sent, or should have
 * been, until its event was there.
 */
final class Fanout {
    private static final Duration LIVE_WITHIN = Duration.ofMinutes(2);

    /** Where nothing comes for so long, what is missing is taken for lost. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(15);

    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    private final FanoutPlan plan;
    private final String target;
    private final Surroundings around;
    private final ServerProbe probe;
    private final PrintWriter err;
    private final Progress progress;
    private final CountDownLatch live;
    private final SendTimes sent;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<Latencies> latencies = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();

    private Course course = Course.NONE;
    private Latencies.Times times = Latencies.ALWAYS;

    Fanout(FanoutPlan plan, String target, Surroundings around, ServerProbe probe, PrintWriter err) {
        this.plan = plan;
        this.target = target;
        this.around = around;
        this.probe = probe;
        this.err = err;
        this.live = new CountDownLatch(plan.watchers());
        this.sent = new SendTimes(plan);
        this.progress = new Progress(plan.deliveries());
    }

    /** Lets a course be run beside the writes, and keeps latencies apart by times. */
    Fanout with(Course another, Latencies.Times apart) {
        course = another;
        times = apart;
        return this;
    }

    /** Returns the latencies of each connection, once the run is over. */
    List<Latencies> latencies() {
        return List.copyOf(latencies);
    }

    FanoutResult run() throws InterruptedException {
        ManagedChannel writing = connect();
        Scene scene = new Scene(writing, around.random());
        Writers writers = new Writers(plan, scene, sent, progress, around.nanoTime());
        scene.set();
        try {
            writers.create(ObjectServiceGrpc.newBlockingStub(writing));
            tell(plan.watchers() + " watchers on " + plan.connections() + " connections begin in " + scene.workspace());
            watch(scene);
            if (!live.await(LIVE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                progress.failed(
                        live.getCount() + " watchers had no initial state after " + LIVE_WITHIN.toSeconds() + " s");
            }
            probe.begin();
            long began = write(writers, writing);
            return result(writers.answered(), began, probe.end());
        } finally {
            watchers.forEach(Watcher::cancel);
            strike(scene);
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    /** What the run found counts also where its workspace cannot be taken away. */
    private void strike(Scene scene) {
        try {
            scene.strike();
        } catch (StatusRuntimeException e) {
            tell("could not delete " + scene.workspace() + ": " + e.getStatus());
        }
    }

    private void watch(Scene scene) {
        WatchRequest every = WatchRequest.newBuilder()
                .setWorkspace(scene.workspace())
                .setType(Scene.TYPE)
                .build();
        WatchRequest latest =
                every.toBuilder().setMode(DeliveryMode.DELIVERY_MODE_LATEST).build();
        List<ManagedChannel> reading = new ArrayList<>();
        for (int i = 0; i < plan.connections(); i++) {
            reading.add(connect());
            latencies.add(new Latencies(times));
        }
        Watcher.Common common = new Watcher.Common(sent, progress, around.nanoTime(), live);
        for (int i = 0; i < plan.watchers(); i++) {
            int connection = i % plan.connections();
            boolean newest = course.wantsLatest(i);
            Told told = newest ? new Told.Latest(plan.writers()) : new Told.Every();
            Watcher watcher = new Watcher(reading.get(connection), common, told, latencies.get(connection));
            watchers.add(watcher);
            watcher.start(newest ? latest : every);
        }
    }

    /** Writes, and waits for the events; returns when the first write was sent. */
    private long write(Writers writers, ManagedChannel writing) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(plan.writers());
        long began = around.nanoTime().getAsLong();
        for (int i = 0; i < plan.writers(); i++) {
            int writer = i;
            around.threads()
                    .newThread(() -> writers.write(writer, ObjectServiceGrpc.newBlockingStub(writing), began, done))
                    .start();
        }
        around.threads().newThread(() -> follow(began)).start();
        long before = 0;
        long moved = began;
        while (!progress.awaitEnd(TELL_EVERY)) {
            long now = around.nanoTime().getAsLong();
            long far = progress.told() + progress.written();
            moved = far > before ? now : moved;
            before = far;
            tell(String.format(
                    Locale.ROOT,
                    "%,d of %,d writes, %,d of %,d events",
                    progress.written(),
                    plan.events(),
                    progress.told(),
                    plan.deliveries()));
            if (now - moved > STALLED_AFTER.toNanos()) {
                progress.failed("nothing has come for " + STALLED_AFTER.toSeconds() + " s");
            }
        }
        writers.stop();
        if (!done.await(STALLED_AFTER.toSeconds(), TimeUnit.SECONDS)) {
            progress.failed("writers did not end");
        }
        return began;
    }

    private void follow(long began) {
        try {
            course.run(began, watchers);
        } catch (IOException e) {
            progress.failed("the server cannot be looked at: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FanoutResult result(Sequence answered, long began, long serverCpuMicros) {
        long missing = 0;
        long outOfOrder = 0;
        long wrong = 0;
        long bytes = 0;
        long messages = 0;
        for (Watcher watcher : watchers) {
            missing += Math.max(0, answered.count() - watcher.told().count());
            outOfOrder += watcher.told().outOfOrder();
            wrong += watcher.told().isWhole(answered) ? 0 : 1;
            bytes += watcher.bytes();
            messages += watcher.messages();
        }
        Histogram all = Latencies.sum(latencies, 0);
        double seconds = Math.max(1, progress.lastTold() - began) / 1e9;
        FanoutResult.Checks checks = new FanoutResult.Checks(missing, outOfOrder, wrong, progress.failure());
        return new FanoutResult(
                plan, seconds, answered.count(), progress.told(), bytes, messages, all, serverCpuMicros, checks);
    }

    private ManagedChannel connect() {
        ManagedChannel channel = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .directExecutor()
                .build();
        channels.add(channel);
        return channel;
    }

    private void tell(String what) {
        err.println("bench fanout: " + what);
        err.flush();
    }
}
