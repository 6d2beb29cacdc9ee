package dev.proreus.loadtest.peers;

import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench peers}: Proreus and etcd side by side. */
@Command(
        name = "peers",
        description = "Puts the same load on Proreus and on etcd in turn, each server on one core and its client on"
                + " another: fan-out to many streams, and durable writes. Builds etcd from source, which takes Go."
                + " Exit code 0 where every round was complete, 3 where something is missing on this machine.",
        mixinStandardHelpOptions = true)
public final class PeersCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISSING = 3;
    private static final int ROUNDS_MAX = 100;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(names = "--short", description = "Three small rounds, some seven minutes. Default: five larger ones")
    private boolean brief;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "0", description = "Another number of rounds")
    private int rounds;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Adds a round of ours that counts for nothing and writes where the server's CPU went: to"
                    + " FILE with -fanout and -writes before its ending; a flame graph where that is .html")
    private @Nullable String profile;

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public PeersCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (rounds < 0 || rounds > ROUNDS_MAX) {
            throw new ParameterException(spec.commandLine(), "--rounds must be from 1 to " + ROUNDS_MAX);
        }
        try {
            PeersResult result = compare(Programs.prepare(err), err);
            output.print(result.figures().json(), result.text());
            return DONE;
        } catch (MissingException e) {
            err.println("proreus bench peers: " + e.getMessage());
            return MISSING;
        } catch (IOException e) {
            err.println("proreus bench peers: " + e.getMessage());
            return FAILED;
        }
    }

    private PeersResult compare(Programs programs, PrintWriter err) throws IOException, InterruptedException {
        PeersPlan plan = brief ? PeersPlan.SHORT : PeersPlan.LONG;
        int wanted = rounds > 0 ? rounds : plan.rounds();
        Peer ours = new Ours(programs, plan, around, err, null);
        Peer theirs = new Etcd(programs, plan, around, err);
        List<PeersResult.Pair> fanout = new ArrayList<>();
        List<PeersResult.Pair> writes = new ArrayList<>();
        for (int round = 1; round <= wanted; round++) {
            err.println("bench peers: round " + round + " of " + wanted);
            err.flush();
            fanout.add(new PeersResult.Pair(ours.fanout(), theirs.fanout()));
            writes.add(new PeersResult.Pair(ours.writes(), theirs.writes()));
        }
        if (profile != null) {
            Peer profiled = new Ours(programs, plan, around, err, profile);
            profiled.fanout();
            profiled.writes();
        }
        return new PeersResult(theirs.name(), fanout, writes);
    }
}
