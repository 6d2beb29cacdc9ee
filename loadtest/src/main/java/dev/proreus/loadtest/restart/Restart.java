package dev.proreus.loadtest.restart;

import dev.proreus.loadtest.client.ApplyBytes;
import dev.proreus.loadtest.client.AsyncWriter;
import dev.proreus.loadtest.client.Scene;
import dev.proreus.loadtest.process.DataFolder;
import dev.proreus.loadtest.process.LaunchedServer;
import dev.proreus.loadtest.process.Surroundings;
import io.grpc.Channel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One run: fills a store, then measures starts. */
final class Restart {
    private static final int FILL_STEP = 50_000;

    /** Writes between two looks at the size of the log: a MiB or so. */
    private static final int LOG_STEP = 1_000;

    /** How near the largest log that was seen counts as at the limit. */
    private static final double AT_LIMIT = 0.95;

    private final RestartPlan plan;
    private final LaunchedServer server;
    private final Path data;
    private final Surroundings around;
    private final PrintWriter err;
    private long largestLog;

    Restart(RestartPlan plan, LaunchedServer server, Path data, Surroundings around, PrintWriter err) {
        this.plan = plan;
        this.server = server;
        this.data = data;
        this.around = around;
        this.err = err;
    }

    RestartResult run() throws IOException, InterruptedException {
        Channel channel = server.start();
        Scene scene = new Scene(channel, around.random());
        scene.set();
        AsyncWriter writer = new AsyncWriter(
                List.of(channel),
                new ApplyBytes(scene.workspace(), Scene.TYPE, plan.specBytes()),
                plan.objects(),
                around.nanoTime());
        fill(writer);
        List<RestartResult.Start> stopped = new ArrayList<>();
        List<RestartResult.Start> killed = new ArrayList<>();
        for (int i = 1; i <= plan.times(); i++) {
            server.stop();
            stopped.add(start(scene, "after a clean stop", i));
        }
        for (int i = 1; i <= plan.times(); i++) {
            server.kill();
            channel = server.start();
            writer = writer.on(List.of(channel));
            growLog(writer);
            server.kill();
            killed.add(start(scene, "after SIGKILL", i));
        }
        return new RestartResult(plan, stopped, killed);
    }

    private void fill(AsyncWriter writer) throws IOException, InterruptedException {
        while (writer.written() < plan.objects()) {
            tell(String.format(Locale.ROOT, "writing %,d of %,d objects", writer.written(), plan.objects()));
            int until = Math.min(plan.objects(), writer.written() + FILL_STEP);
            while (writer.written() < until) {
                write(writer, Math.min(LOG_STEP, until - writer.written()));
                largestLog = Math.max(largestLog, logBytes());
            }
        }
    }

    /** Writes until the log is about as large as it was ever seen. */
    private void growLog(AsyncWriter writer) throws IOException, InterruptedException {
        long log = logBytes();
        while (log < AT_LIMIT * largestLog) {
            write(writer, LOG_STEP);
            log = logBytes();
            largestLog = Math.max(largestLog, log);
        }
    }

    private static void write(AsyncWriter writer, int writes) throws IOException, InterruptedException {
        writer.fill(writes);
        if (writer.failure() != null) {
            throw new IOException("a write failed: " + writer.failure());
        }
    }

    private RestartResult.Start start(Scene scene, String how, int number) throws IOException {
        long log = logBytes();
        long began = now();
        Channel channel = server.start();
        Scene again = scene.on(channel);
        again.get(ApplyBytes.name(0));
        double get = (now() - began) / 1e9;
        again.create("restart-" + Long.toString(around.random().nextLong(1L << 40), 36));
        double create = (now() - began) / 1e9;
        tell(String.format(
                Locale.ROOT,
                "start %d of %d %s, with %.1f MiB of log: first read after %.2f s, first durable write after %.2f s",
                number,
                plan.times(),
                how,
                log / 1048576.0,
                get,
                create));
        return new RestartResult.Start(log, get, create);
    }

    private long logBytes() throws IOException {
        return DataFolder.bytes(data, ".log");
    }

    private long now() {
        return around.nanoTime().getAsLong();
    }

    private void tell(String what) {
        err.println("bench restart: " + what);
        err.flush();
    }
}
