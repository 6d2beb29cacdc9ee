package dev.proreus.server.agent;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a session has been waiting: for the client's word while it listens, for its own end while it closes. Changed
 * on the session's loop, read by any thread; what another thread reads may be mixed of two moments, so it is judged
 * again on the loop.
 */
final class Silence {
    private final LongSupplier nanoTime;
    private volatile long sinceNanos;
    private volatile @Nullable Duration allowed;

    Silence(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Begins to listen; nothing may be said for {@code time}, or for ever where it is null. */
    void begin(@Nullable Duration time) {
        sinceNanos = nanoTime.getAsLong();
        allowed = time;
    }

    /** Takes note that something was said, or that nobody listens. */
    void end() {
        allowed = null;
    }

    /** Returns whether nothing has been said for longer than allowed. */
    boolean isTooLong() {
        Duration limit = allowed;
        return limit != null && nanoTime.getAsLong() - sinceNanos > limit.toNanos();
    }
}
