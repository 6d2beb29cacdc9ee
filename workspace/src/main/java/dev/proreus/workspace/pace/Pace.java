package dev.proreus.workspace.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the steps of a background loop run. A loop asks for its next step once the one before has ended, so that one is
 * asked for at most; asking and closing may happen on any thread.
 */
public final class Pace implements AutoCloseable {
    /**
     * The longest rest. The clock may be set during a step, or the machine sleep: then a step seems to have taken
     * hours.
     */
    static final Duration REST_MAX = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

    private final ScheduledExecutorService executor;
    private final InstantSource clock;
    private final int restFactor;
    private final Duration restMin;
    private volatile @Nullable Future<?> next;
    private volatile boolean closed;

    /**
     * Makes the pace of a loop.
     *
     * @param executor runs the steps; its owner closes it after this
     * @param restFactor how many times as long as a step took others have the machine to themselves
     * @param restMin the shortest rest
     */
    public Pace(ScheduledExecutorService executor, InstantSource clock, int restFactor, Duration restMin) {
        this.executor = executor;
        this.clock = clock;
        this.restFactor = restFactor;
        this.restMin = restMin;
    }

    /** Lets a step run after a delay; none once it is closed. */
    public void after(Duration delay, Runnable step) {
        if (closed) {
            return;
        }
        try {
            next = executor.schedule(() -> run(step), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor has been closed; what is left is done after the next start");
        }
    }

    /** Runs a step; nobody looks at what becomes of it, so that an error would be seen nowhere else. */
    private static void run(Runnable step) {
        try {
            step.run();
        } catch (Error e) {
            LOG.error("a background loop has ended by an error; it begins again with the next start", e);
            throw e;
        }
    }

    /** Returns whether it is closed: a step that is about to begin ends at once then. */
    public boolean isClosed() {
        return closed;
    }

    /** Returns how long to rest after a step that began then and ends now. */
    public Duration restAfter(Instant began) {
        Duration took = Duration.between(began, clock.instant());
        Duration rest = took.compareTo(REST_MAX) < 0 ? took.multipliedBy(restFactor) : REST_MAX;
        if (rest.compareTo(restMin) < 0) {
            return restMin;
        }
        return rest.compareTo(REST_MAX) > 0 ? REST_MAX : rest;
    }

    /** Asks for no further step, and takes back the one that waits. */
    @Override
    public void close() {
        closed = true;
        Future<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
