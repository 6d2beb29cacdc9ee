package dev.proreus.workspace.watch;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One read of history for one subscription: runs on a reader thread and hands itself to the subscription's loop. */
final class HistoryRead implements Runnable {
    private final RunningWatch watch;
    private final Supplier<Chunk> query;
    private @Nullable Chunk chunk;
    private @Nullable Throwable fault;
    private boolean stale;

    HistoryRead(RunningWatch watch, Supplier<Chunk> query) {
        this.watch = watch;
        this.query = query;
    }

    @Override
    public void run() {
        try {
            chunk = query.get();
        } catch (RuntimeException | Error e) {
            fault = e;
        }
        watch.arrived(this);
    }

    /** Says, on the loop, that what it reads is no longer wanted. */
    void discard() {
        stale = true;
    }

    boolean isStale() {
        return stale;
    }

    /** Returns what was read; throws what went wrong. */
    Chunk chunk() {
        if (fault instanceof RuntimeException exception) {
            throw exception;
        }
        if (chunk == null) {
            throw new IllegalStateException("history could not be read", fault);
        }
        return chunk;
    }
}
