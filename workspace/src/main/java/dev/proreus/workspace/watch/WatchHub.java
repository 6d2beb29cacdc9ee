package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Publication;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where commits meet watches: what the committer publishes reaches every subscription that wants it, in order, once,
 * without a gap.
 *
 * <p>Each change is appended to a ring, and each loop where somebody wants some woken once per batch; everything else
 * happens on the loops and the readers, so a slow subscription costs the committer nothing. A subscription is fed from
 * the ring, or from history where the ring no longer has what it needs; it owns no queue of events.
 */
public final class WatchHub implements AutoCloseable {
    private static final long JOIN_DISTANCE = 1_000;

    private final Sources sources;
    private final IdentityHashMap<Executor, WatchLoop> loopsByExecutor = new IdentityHashMap<>();
    private volatile WatchLoop[] loops = new WatchLoop[0];
    private boolean closed;

    /**
     * Starts with an empty ring: what was published before comes from history.
     *
     * @param ringBytes bound of the events kept in memory, by default {@link dev.proreus.workspace.Limits#RING_BYTES}
     * @param places where workspaces lie, asked while history is read; may read the disk for those that are gone
     * @param readers runs reads of history, which block on the disk and rest while writes come; where it rejects one,
     *     subscriptions wait
     * @param parallelReads how many reads run at a time; fewer than the readers are where others use them too
     * @param metrics what the hub counts
     */
    public WatchHub(
            long ringBytes,
            History history,
            Heads heads,
            LongFunction<@Nullable Place> places,
            Executor readers,
            int parallelReads,
            WatchMetrics metrics) {
        this(
                ringBytes,
                new CatchUp(
                        history, readers, parallelReads, places, new ReadPace(metrics::now, LockSupport::parkNanos)),
                heads,
                JOIN_DISTANCE,
                metrics);
    }

    WatchHub(long ringBytes, CatchUp catchUp, Heads heads, long joinDistance, WatchMetrics metrics) {
        this.sources = new Sources(new EventRing(ringBytes), catchUp, heads, joinDistance, metrics);
        metrics.observe(sources.ring(), catchUp);
    }

    /**
     * Publishes what became durable, in commit order. Called by one thread at a time, after {@link Heads} tells of it;
     * a position is never split over two batches. Never blocks.
     */
    public void publish(List<? extends Publication> batch) {
        long now = sources.metrics().now();
        boolean onlyChanges = true;
        for (Publication publication : batch) {
            onlyChanges &= publication instanceof Change;
            sources.ring().append(publication, sources.heads().place(publication.workspaceId()), now);
        }
        sources.ring().publish();
        sources.catchUp().published(now);
        for (WatchLoop loop : loops) {
            if (onlyChanges) {
                loop.wakeForChanges();
            } else {
                loop.wake();
            }
        }
    }

    /**
     * Lets subscriptions do what is due by the clock: bookmarks where one was given little else for a while, and reads
     * that found the readers full. Called every few seconds, by any thread.
     *
     * @param nanos the time on a clock that never goes back, such as {@link System#nanoTime}
     */
    public void tick(long nanos) {
        for (WatchLoop loop : loops) {
            loop.tick(nanos);
        }
        sources.catchUp().dispatch();
    }

    /**
     * Starts a subscription; may be called on any thread. Before it returns, calls of {@code sink} may have begun.
     *
     * @param loop runs one task at a time, in order, never within the call that hands it over; the same for every
     *     subscription that shares it
     */
    public Subscription subscribe(WatchSpec spec, WatchSink sink, Executor loop) {
        RunningWatch watch = new RunningWatch(loopOf(loop), spec, sink);
        watch.start();
        return watch;
    }

    /** Ends every subscription, present and later, with STOPPING. Does not wait for them. */
    @Override
    public void close() {
        synchronized (loopsByExecutor) {
            closed = true;
        }
        for (WatchLoop loop : loops) {
            loop.stop();
        }
    }

    /** The lock guards the registration of loops, which the writer has no part in. */
    private WatchLoop loopOf(Executor executor) {
        synchronized (loopsByExecutor) {
            WatchLoop known = loopsByExecutor.get(executor);
            if (known != null) {
                return known;
            }
            WatchLoop loop = new WatchLoop(executor, sources);
            sources.metrics().observe(loop.walk(), loop::held);
            if (closed) {
                loop.stop();
            }
            WatchLoop[] more = Arrays.copyOf(loops, loops.length + 1);
            more[loops.length] = loop;
            loopsByExecutor.put(executor, loop);
            loops = more;
            return loop;
        }
    }
}
