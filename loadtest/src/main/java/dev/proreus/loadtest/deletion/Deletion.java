package dev.proreus.loadtest.deletion;

import dev.proreus.loadtest.client.ApplyBytes;
import dev.proreus.loadtest.client.AsyncWriter;
import dev.proreus.loadtest.client.ManyCalls;
import dev.proreus.loadtest.client.Scene;
import dev.proreus.loadtest.process.AdminPort;
import dev.proreus.loadtest.process.LaunchedServer;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Telling;
import dev.proreus.v1.ObjectServiceGrpc;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: builds a subtree beside a workspace of others who write all the time, and deletes it, round by round. */
final class Deletion {
    private static final int CONNECTIONS = 4;
    private static final double NANOS = 1e9;
    private static final long LOOK_NANOS = 500_000_000;

    /** Looks one after another at which nothing is compacted, until it is taken for over. */
    private static final int QUIET_LOOKS = 4;

    private final DeletionPlan plan;
    private final LaunchedServer server;
    private final Path folder;
    private final Surroundings around;
    private final Telling telling;
    private final List<Channel> channels = new ArrayList<>();

    Deletion(DeletionPlan plan, LaunchedServer server, Path folder, Surroundings around, Telling telling) {
        this.plan = plan;
        this.server = server;
        this.folder = folder;
        this.around = around;
        this.telling = telling;
    }

    DeletionResult run() throws IOException, InterruptedException {
        channels.add(server.start());
        while (channels.size() < 2 * CONNECTIONS) {
            channels.add(server.connect());
        }
        Scene others = new Scene(channels.get(0), around.random());
        others.set();
        var unused = ObjectServiceGrpc.newBlockingStub(channels.get(0)).apply(Subtree.TYPE.in("root"));
        AsyncWriter writer = new AsyncWriter(
                channels.subList(0, CONNECTIONS),
                new ApplyBytes(others.workspace(), Scene.TYPE, plan.specBytes()),
                plan.others(),
                around.nanoTime());
        writer.fill(plan.others());
        List<DeletionResult.Round> rounds = new ArrayList<>();
        try {
            for (int i = 1; i <= plan.warmUps(); i++) {
                round("warm-up " + i + " of " + plan.warmUps(), new Subtree("warm-" + i, plan), writer);
            }
            for (int i = 1; i <= plan.rounds(); i++) {
                rounds.add(round("round " + i + " of " + plan.rounds(), new Subtree("big-" + i, plan), writer));
            }
            return new DeletionResult(plan, rounds, null);
        } catch (IOException e) {
            return new DeletionResult(plan, rounds, e.getMessage());
        }
    }

    private DeletionResult.Round round(String which, Subtree subtree, AsyncWriter writer)
            throws IOException, InterruptedException {
        long began = now();
        subtree.build(new ManyCalls(channels.subList(CONNECTIONS, 2 * CONNECTIONS), plan.clients()));
        telling.tell(
                "%s: %,d workspaces with %,d objects each built in %.1f s",
                which, plan.workspaces(), plan.objects(), since(began));
        try (Onlookers onlookers =
                new Onlookers(subtree, plan, channels.subList(CONNECTIONS, 2 * CONNECTIONS), around.nanoTime())) {
            onlookers.awaitLive();
            awaitQuiet(writer);
            double before = p99(writer, () -> false);
            Footprint full = Footprint.of(folder, server.admin());
            Removal removal =
                    new Removal(subtree, plan, channels.get(CONNECTIONS), server.admin(), onlookers, around.nanoTime());
            long asked = now();
            around.threads().newThread(removal).start();
            double meanwhile = p99(writer, () -> !removal.isOver());
            require(removal.failure());
            require(onlookers.failure());
            Removal.Times times = removal.times();
            if (times == null) {
                throw new IOException("the deletion took no time");
            }
            telling.tell(
                    "%s: answered after %.3f s, watchers told %.3f s after that, keys deleted after %.2f s; write p99"
                            + " %.2f ms before, %.2f ms meanwhile",
                    which, times.answerSeconds(), times.toldSeconds(), times.keysSeconds(), before, meanwhile);
            long answered = asked + (long) (times.answerSeconds() * NANOS);
            Footprint settled = settle(writer, answered);
            telling.tell(
                    "%s: %.1f MiB of files and write buffers before, %.1f MiB after %.0f s, %.2f times the live data",
                    which, full.bytes() / (1 << 20), settled.bytes() / (1 << 20), since(answered), settled.ratio());
            return new DeletionResult.Round(times, before, meanwhile, full, settled, since(answered));
        }
    }

    /** Lets others write for the time that is measured, and on while something lasts; returns their p99. */
    private double p99(AsyncWriter writer, AsyncWriter.Stop lasts) throws IOException, InterruptedException {
        long began = now();
        writer.pace(plan.perSecond(), () -> since(began) >= plan.seconds() && !lasts.now());
        require(writer.failure());
        return writer.latencies().getValueAtPercentile(99) / 1e6;
    }

    /** Lets others write on until the files are small enough, or the time for that is over. */
    private Footprint settle(AsyncWriter writer, long answered) throws IOException, InterruptedException {
        Footprint now = Footprint.of(folder, server.admin());
        while (now.ratio() > DeletionPlan.FILES_RATIO && since(answered) < plan.settleSeconds()) {
            writeOn(writer);
            now = Footprint.of(folder, server.admin());
        }
        return now;
    }

    /**
     * Lets others write on until the server has nothing left to do of what was built or deleted before: else what that
     * costs them would count as their usual latency.
     */
    private void awaitQuiet(AsyncWriter writer) throws IOException, InterruptedException {
        long began = now();
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            if (since(began) > plan.settleSeconds()) {
                throw new IOException("the server has been at work for more than " + plan.settleSeconds() + " s");
            }
            writeOn(writer);
            quiet = isAtWork() ? 0 : quiet + 1;
        }
    }

    private boolean isAtWork() throws IOException {
        AdminPort.Metrics metrics = server.admin().metrics();
        return metrics.get("proreus_rocksdb_compactions") + metrics.get("proreus_rocksdb_flushes") > 0;
    }

    private void writeOn(AsyncWriter writer) throws IOException, InterruptedException {
        long began = now();
        writer.pace(plan.perSecond(), () -> now() - began > LOOK_NANOS);
        require(writer.failure());
    }

    private static void require(@Nullable String failure) throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    private double since(long time) {
        return (now() - time) / NANOS;
    }

    private long now() {
        return around.nanoTime().getAsLong();
    }
}
