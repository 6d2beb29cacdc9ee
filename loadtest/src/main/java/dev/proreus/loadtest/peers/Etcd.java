package dev.proreus.loadtest.peers;

import dev.proreus.loadtest.process.OwnServer;
import dev.proreus.loadtest.process.ProcessCpu;
import dev.proreus.loadtest.process.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** etcd, one member without TLS, under its own benchmark tool. */
final class Etcd implements Peer {
    private static final Pattern SERVING = Pattern.compile("(ready to serve client requests)");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
    private static final Pattern P50 = Pattern.compile("50% in ([0-9.]+) secs");
    private static final Pattern P99 = Pattern.compile("99% in ([0-9.]+) secs");

    /** Room enough for a run, as its documentation advises for benchmarks: 8 GiB. */
    private static final String QUOTA = "--quota-backend-bytes=8589934592";

    private static final String KEY_SPACE = "100000";

    private final Programs programs;
    private final PeersPlan plan;
    private final Surroundings around;
    private final PrintWriter err;
    private final Child child;
    private final String name;

    Etcd(Programs programs, PeersPlan plan, Surroundings around, PrintWriter err)
            throws IOException, InterruptedException {
        this.programs = programs;
        this.plan = plan;
        this.around = around;
        this.err = err;
        this.child = new Child(around, err);
        Matcher version = Pattern.compile("etcd Version: (\\S+)")
                .matcher(child.run("etcd --version", List.of(programs.etcd().toString(), "--version")));
        this.name = version.find() ? "etcd " + version.group(1) : "etcd";
    }

    @Override
    public String name() {
        return name;
    }

    /** What it takes to begin the streams is measured by itself, with one write, and taken off. */
    @Override
    public Measured fanout() throws IOException, InterruptedException {
        try (OwnServer server = start()) {
            long idle = ProcessCpu.micros(server.pid());
            var unused = child.run(name + " fan-out, streams alone", watch(server, 1));
            long begin = ProcessCpu.micros(server.pid());
            String said = child.run(name + " fan-out", watch(server, plan.etcdEvents()));
            long used = ProcessCpu.micros(server.pid()) - begin - (begin - idle);
            double events = (double) PeersPlan.STREAMS * plan.etcdEvents();
            double rate = last(RATE, said);
            return new Measured(rate, used / events, used / 1e6 / (events / rate), Double.NaN, Double.NaN);
        }
    }

    @Override
    public Measured writes() throws IOException, InterruptedException {
        try (OwnServer server = start()) {
            long begin = ProcessCpu.micros(server.pid());
            String said = child.run(name + " writes", put(server));
            long used = ProcessCpu.micros(server.pid()) - begin;
            double rate = last(RATE, said);
            return new Measured(
                    rate,
                    (double) used / plan.writes(),
                    used / 1e6 / (plan.writes() / rate),
                    last(P50, said) * 1_000,
                    last(P99, said) * 1_000);
        }
    }

    private List<String> watch(OwnServer server, int writes) {
        List<String> command = benchmark(server, PeersPlan.FANOUT_CONNECTIONS, PeersPlan.WRITERS);
        command.addAll(List.of(
                "watch",
                "--streams=" + PeersPlan.STREAMS,
                "--watch-per-stream=1",
                "--watched-key-total=1",
                "--put-total=" + writes));
        return command;
    }

    private List<String> put(OwnServer server) {
        List<String> command = benchmark(server, PeersPlan.WRITE_CONNECTIONS, PeersPlan.CLIENTS);
        command.addAll(List.of(
                "put",
                "--key-size=8",
                "--val-size=" + PeersPlan.VALUE_BYTES,
                "--sequential-keys",
                "--key-space-size=" + KEY_SPACE,
                "--total=" + plan.writes()));
        return command;
    }

    private List<String> benchmark(OwnServer server, int connections, int clients) {
        return new ArrayList<>(List.of(
                programs.benchmark().toString(),
                "--endpoints=" + server.target(),
                "--conns=" + connections,
                "--clients=" + clients,
                "--precise"));
    }

    private OwnServer start() throws IOException {
        Path data = Files.createTempDirectory("proreus-peers-etcd");
        String client = "http://127.0.0.1:" + freePort();
        String peer = "http://127.0.0.1:" + freePort();
        List<String> command = new ArrayList<>(OneCore.SERVER);
        command.addAll(List.of(
                programs.etcd().toString(),
                "--data-dir=" + data,
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                QUOTA));
        return OwnServer.await(new ProcessBuilder(command), SERVING, data, client, around, err);
    }

    /** Returns a port that was free a moment ago: etcd wants to be told its address. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static double last(Pattern pattern, String said) throws IOException {
        Matcher matcher = pattern.matcher(said);
        double found = Double.NaN;
        while (matcher.find()) {
            found = Double.parseDouble(matcher.group(1));
        }
        if (Double.isNaN(found)) {
            throw new IOException("etcd's benchmark did not print " + pattern.pattern() + ": " + said);
        }
        return found;
    }
}
