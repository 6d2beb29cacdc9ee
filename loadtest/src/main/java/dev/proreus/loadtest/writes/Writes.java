package dev.proreus.loadtest.writes;

import dev.proreus.loadtest.client.ApplyBytes;
import dev.proreus.loadtest.client.Scene;
import dev.proreus.loadtest.process.ServerProbe;
import dev.proreus.loadtest.process.Surroundings;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One run: clients write until all writes are done, and the server is asked how many revisions that took. */
final class Writes {
    private static final int LATENCY_DIGITS = 3;

    private final WritesPlan plan;
    private final String target;
    private final Surroundings around;
    private final ServerProbe probe;
    private final PrintWriter err;
    private final WritesLeft left;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<Histogram> latencies = new ArrayList<>();

    Writes(WritesPlan plan, String target, Surroundings around, ServerProbe probe, PrintWriter err) {
        this.plan = plan;
        this.target = target;
        this.around = around;
        this.probe = probe;
        this.err = err;
        this.left = new WritesLeft(plan.total());
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
            left.await(err);
            double seconds = (around.nanoTime().getAsLong() - began) / 1e9;
            long cpu = probe.end();
            Histogram all = new Histogram(LATENCY_DIGITS);
            latencies.forEach(all::add);
            return new WritesResult(
                    plan, seconds, left.answeredCount(), scene.revision() - before, all, cpu, left.failure());
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
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
                    left,
                    channels.get(connection + 1),
                    bytes,
                    plan.objects(),
                    around.nanoTime(),
                    latencies.get(connection)));
        }
        return clients;
    }

    private ManagedChannel connect() {
        ManagedChannel channel = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .directExecutor()
                .build();
        channels.add(channel);
        return channel;
    }
}
