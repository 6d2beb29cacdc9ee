package dev.proreus.loadtest.fanout;

import dev.proreus.loadtest.process.ServerMemory;
import dev.proreus.loadtest.process.ServerProbe;
import dev.proreus.loadtest.process.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One run of readers of which half stop reading for a while. */
final class Laggards implements Course, Latencies.Times {
    /** The times whose latencies are kept apart. */
    private static final int BEFORE = 0;

    private static final int STOPPED = 1;
    private static final int AFTER = 2;
    private static final int TIMES = 3;
    private static final int NO_TIME = -1;

    private final LaggardsPlan plan;
    private final long pid;
    private final LongSupplier nanoTime;
    private final PrintWriter err;
    private final Fanout fanout;
    private volatile long began = Long.MAX_VALUE;
    private volatile @Nullable ServerMemory memoryBefore;
    private volatile @Nullable ServerMemory memoryStopped;

    Laggards(LaggardsPlan plan, String target, Surroundings around, ServerProbe probe, PrintWriter err) {
        this.plan = plan;
        this.pid = probe.pid();
        this.nanoTime = around.nanoTime();
        this.err = err;
        this.fanout = new Fanout(plan.fanout(), target, around, probe, err).with(this, this);
    }

    LaggardsResult run() throws InterruptedException {
        FanoutResult whole = fanout.run();
        List<Latencies> steady = new ArrayList<>();
        for (int connection = 0; connection < plan.connections(); connection++) {
            if (!plan.stops(connection)) {
                steady.add(fanout.latencies().get(connection));
            }
        }
        return new LaggardsResult(plan, whole, p99(steady, BEFORE), p99(steady, STOPPED), memoryBefore, memoryStopped);
    }

    @Override
    public int count() {
        return TIMES;
    }

    @Override
    public int of(long sent) {
        long passed = sent - began;
        if (passed < plan.settledAfter()) {
            return NO_TIME;
        }
        if (passed < plan.lookAfter()) {
            return BEFORE;
        }
        if (passed < plan.stopAfter()) {
            return NO_TIME;
        }
        if (passed < plan.lookAgainAfter()) {
            return STOPPED;
        }
        return passed < plan.readOnAfter() ? NO_TIME : AFTER;
    }

    @Override
    public boolean wantsLatest(int watcher) {
        return plan.wantsLatest(watcher);
    }

    @Override
    public void run(long start, List<Watcher> watchers) throws IOException, InterruptedException {
        began = start;
        List<Watcher> stopping = new ArrayList<>();
        for (int i = 0; i < watchers.size(); i++) {
            if (plan.stops(i)) {
                stopping.add(watchers.get(i));
            }
        }
        await(plan.lookAfter());
        memoryBefore = look();
        await(plan.stopAfter());
        tell(stopping.size() + " of " + watchers.size() + " readers stop reading for " + plan.stopped() + " s");
        stopping.forEach(Watcher::stopReading);
        await(plan.lookAgainAfter());
        memoryStopped = look();
        await(plan.readOnAfter());
        tell("they read on");
        stopping.forEach(Watcher::readOn);
    }

    private @Nullable ServerMemory look() throws IOException, InterruptedException {
        return pid == 0 ? null : ServerMemory.of(pid);
    }

    private void await(long passed) {
        for (long wait = passed - (nanoTime.getAsLong() - began);
                wait > 0;
                wait = passed - (nanoTime.getAsLong() - began)) {
            LockSupport.parkNanos(wait);
        }
    }

    private static double p99(List<Latencies> latencies, int time) {
        Histogram sum = Latencies.sum(latencies, time);
        return sum.getValueAtPercentile(99) / 1e6;
    }

    private void tell(String what) {
        err.println(String.format(Locale.ROOT, "bench laggards: %s", what));
        err.flush();
    }
}
