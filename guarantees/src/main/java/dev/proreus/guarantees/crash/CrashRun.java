package dev.proreus.guarantees.crash;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.record.Auditor;
import dev.proreus.guarantees.record.Recorder;
import dev.proreus.guarantees.validate.Verdict;
import io.grpc.Channel;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Kills a server again and again while clients write and watch, and judges all that they were told.
 *
 * <p>A cycle: the server starts, the clients go on where they stopped, and at a random number of acknowledged writes it
 * is killed, with the next ones under way. Every so many cycles and at the end, the final history is read back and the
 * whole recording judged, across all restarts. While judging nothing is recorded: the server is dead by then, and every
 * client waits at the door.
 */
public final class CrashRun {
    private static final long LOAD_SECONDS = 60;
    private static final long QUIET_SECONDS = 60;
    private static final long CATCH_UP_SECONDS = 60;

    private final CrashPlan plan;
    private final KillableServer server;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final ThreadFactory threads;
    private final Consumer<String> tell;
    private final Door door = new Door();
    private final Tally tally = new Tally();
    private final Cast cast;
    private volatile String failure = "";
    private int cycles;

    /**
     * Makes a run.
     *
     * @param server the server, with an empty data folder on a disk
     * @param recorder records the clients
     * @param random decides what they do and when the server dies
     * @param threads makes the clients' threads
     * @param tell takes a line now and then
     */
    public CrashRun(
            CrashPlan plan,
            KillableServer server,
            Recorder recorder,
            SplittableRandom random,
            ThreadFactory threads,
            Consumer<String> tell) {
        this.plan = plan;
        this.server = server;
        this.recorder = recorder;
        this.random = random;
        this.threads = threads;
        this.tell = tell;
        this.cast = new Cast(plan, random, tally);
    }

    /**
     * Runs all cycles, or until something breaks.
     *
     * @throws IOException where the server does not start
     */
    public CrashResult run() throws IOException, InterruptedException {
        try {
            Channel channel = server.start();
            Scene.set(channel);
            cast.start(door, recorder, threads, this::failed);
            Verdict verdict = null;
            while (verdict == null || (verdict.holds() && failure.isEmpty() && cycles < plan.cycles())) {
                verdict = leg(verdict == null ? channel : server.start());
            }
            return result(verdict);
        } finally {
            door.end();
            server.kill();
        }
    }

    /** Some cycles, and the verdict on everything so far. */
    private Verdict leg(Channel first) throws IOException, InterruptedException {
        Channel channel = first;
        int until = Math.min(plan.cycles(), cycles + plan.judgedTogether());
        while (cycles < until && failure.isEmpty()) {
            cycle(channel);
            channel = server.start();
        }
        door.open(channel);
        audit(channel);
        quiet();
        Verdict verdict = Verdict.of(recorder.recording());
        tell.accept(verdict.toString());
        return verdict;
    }

    private void cycle(Channel channel) throws InterruptedException {
        door.open(channel);
        if (!tally.awaitMore(plan.writes() + random.nextLong(CrashPlan.MORE_WRITES), LOAD_SECONDS)) {
            failed("fewer than " + plan.writes() + " writes were acknowledged within " + LOAD_SECONDS + " s");
        }
        door.shut();
        server.kill();
        cycles++;
        tell.accept("cycle " + cycles + " of " + plan.cycles() + ": " + tally.count() + " acknowledged writes, "
                + recorder.recording().events() + " events");
    }

    /** Reads the final history back, and waits until those who watch everything have caught up with it. */
    private void audit(Channel channel) throws InterruptedException {
        Auditor auditor = new Auditor(channel, recorder);
        for (String workspace : Scene.WORKSPACES) {
            long head = auditor.audit(workspace, Scene.TYPE, 0);
            for (Watcher watcher : cast.watchers()) {
                if (watcher.isOfAll()
                        && watcher.workspace().equals(workspace)
                        && failure.isEmpty()
                        && !watcher.awaitTold(head, CATCH_UP_SECONDS, () -> !failure.isEmpty())) {
                    failed(watcher + " was not told of revision " + head + " within " + CATCH_UP_SECONDS + " s");
                }
            }
        }
    }

    private void quiet() throws InterruptedException {
        door.shut();
        server.kill();
        if (!door.awaitWaiting(cast.size(), QUIET_SECONDS)) {
            failed("clients go on though the server is dead");
        }
    }

    private synchronized void failed(String why) {
        if (failure.isEmpty()) {
            failure = why;
        }
        tally.over();
    }

    private CrashResult result(Verdict verdict) {
        long unknown = recorder.recording().operations().stream()
                .filter(each -> each.writes() && each.answer() instanceof Answer.Unknown)
                .count();
        long acknowledged = recorder.recording().operations().stream()
                .filter(Operation::writes)
                .filter(each -> each.answer() instanceof Answer.Wrote)
                .count();
        return new CrashResult(cycles, acknowledged, unknown, verdict, failure);
    }
}
