package dev.proreus.loadtest.peers;

import dev.proreus.loadtest.process.OwnServer;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proreus, under its own scenarios: {@code bench fanout} and {@code bench writes}. */
final class Ours implements Peer {
    private final Programs programs;
    private final PeersPlan plan;
    private final Surroundings around;
    private final PrintWriter err;
    private final Child child;
    private final @Nullable String profile;

    /** @param profile where to write profiles, with the load's name before the ending; null for none */
    Ours(Programs programs, PeersPlan plan, Surroundings around, PrintWriter err, @Nullable String profile) {
        this.programs = programs;
        this.plan = plan;
        this.around = around;
        this.err = err;
        this.child = new Child(around, err);
        this.profile = profile;
    }

    @Override
    public String name() {
        return "Proreus";
    }

    @Override
    public Measured fanout() throws IOException, InterruptedException {
        Map<String, String> figures = run(
                "fanout",
                "--watchers=" + PeersPlan.STREAMS,
                "--connections=" + PeersPlan.FANOUT_CONNECTIONS,
                "--writers=" + PeersPlan.WRITERS,
                "--events=" + plan.ourEvents(),
                "--warmup=" + plan.warmEvents());
        return measured(figures, "eventsPerSecond", "serverCpuMicrosPerEvent");
    }

    @Override
    public Measured writes() throws IOException, InterruptedException {
        Map<String, String> figures = run(
                "writes",
                "--clients=" + PeersPlan.CLIENTS,
                "--connections=" + PeersPlan.WRITE_CONNECTIONS,
                "--size=" + PeersPlan.VALUE_BYTES,
                "--total=" + plan.writes(),
                "--warmup=" + plan.warmWrites());
        return measured(figures, "writesPerSecond", "serverCpuMicrosPerWrite");
    }

    private Map<String, String> run(String load, String... options) throws IOException, InterruptedException {
        try (OwnServer server =
                OwnServer.start(programs.launcher(), OneCore.JAVA_OPTIONS, OneCore.SERVER, around, err)) {
            List<String> command = new ArrayList<>(List.of(
                    programs.launcher(),
                    "bench",
                    load,
                    "--server=" + server.target(),
                    "--server-pid=" + server.pid(),
                    "--output=json"));
            command.addAll(List.of(options));
            if (profile != null) {
                int dot = Math.max(profile.lastIndexOf('.'), 0);
                command.add("--profile=" + profile.substring(0, dot) + "-" + load + profile.substring(dot));
            }
            return Figures.parse(child.run(name() + " " + load, command));
        }
    }

    private static Measured measured(Map<String, String> figures, String rate, String cpu) throws IOException {
        return new Measured(
                number(figures, rate),
                number(figures, cpu),
                number(figures, "serverCpuShare"),
                number(figures, "latencyP50Millis"),
                number(figures, "latencyP99Millis"));
    }

    private static double number(Map<String, String> figures, String name) throws IOException {
        String value = figures.get(name);
        if (value == null) {
            throw new IOException("our scenario did not print " + name + " but " + figures);
        }
        return Double.parseDouble(value);
    }
}
