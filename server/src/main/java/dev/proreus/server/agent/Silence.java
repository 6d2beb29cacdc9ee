package dev.proreus.server.agent;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a session has been listened to without a word. Changed on the session's loop, read by any thread; what
 * another thread reads may be mixed of two moments, so it is judged again on the loop.
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

    /** Returns why a stream without Hello ends. */
    static RefusedException noHello() {
        long seconds = SessionBounds.HELLO_WITHIN.toSeconds();
        return RefusedException.because(Reason.BAD_REQUEST, "no hello within " + seconds + " s: send it first")
                .with("seconds", seconds);
    }

    /** Returns why a session without heartbeats ends. */
    static RefusedException noHeartbeat() {
        long seconds = SessionBounds.SILENCE.toSeconds();
        return RefusedException.because(
                        Reason.HEARTBEAT_MISSED,
                        "nothing came for " + seconds + " s: connect again, and send a heartbeat each"
                                + " heartbeat_interval of Welcome")
                .with("seconds", seconds);
    }
}
