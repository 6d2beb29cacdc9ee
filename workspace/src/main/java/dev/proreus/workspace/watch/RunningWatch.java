package dev.proreus.workspace.watch;

import dev.proreus.workspace.RefusedException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription and its life: what other threads say to it becomes signals, on which it acts on its loop. What it
 * delivers is its {@link WatchProgress}.
 *
 * <p>The methods of {@link Subscription}, {@link #start} and {@link #arrived} may be called on any thread, all others
 * on the loop.
 */
final class RunningWatch implements Subscription, Watcher, HistoryRead.Asker {
    private static final Logger LOG = LoggerFactory.getLogger(RunningWatch.class);

    private static final int START = 1;
    private static final int READY = 1 << 1;
    private static final int BOOKMARK = 1 << 2;
    private static final int ARRIVED = 1 << 3;
    private static final int CANCEL = 1 << 4;

    private final WatchLoop loop;
    private final WatchSpec spec;
    private final WatchSink sink;
    private final WatchProgress progress;
    private final AtomicInteger signals = new AtomicInteger();
    private volatile boolean cancelled;
    private volatile @Nullable HistoryRead arrived;

    private boolean entered;
    private @Nullable RuntimeException ending;
    private boolean broken;
    private boolean ended;
    private boolean dirty;
    private boolean held;

    RunningWatch(WatchLoop loop, WatchSpec spec, WatchSink sink) {
        this.loop = loop;
        this.spec = spec;
        this.sink = sink;
        HistoryFeed history = new HistoryFeed(loop.catchUp(), loop.metrics(), this, spec);
        this.progress = new WatchProgress(loop, this, spec, new Outlet(loop, spec, sink), history);
    }

    void start() {
        signal(START);
    }

    @Override
    public void ready() {
        signal(READY);
    }

    @Override
    public void requestBookmark() {
        signal(BOOKMARK);
    }

    @Override
    public void cancel() {
        cancelled = true;
        signal(CANCEL);
    }

    @Override
    public void arrived(HistoryRead read) {
        arrived = read;
        signal(ARRIVED);
    }

    /** Acts on the signals that were left since it last did. */
    @Override
    public void receive() {
        int bits = signals.getAndSet(0);
        if ((bits & CANCEL) != 0) {
            finish(null);
        }
        if (ended) {
            return;
        }
        if ((bits & START) != 0) {
            ScopeWatches watches = loop.enter(this, spec.scope());
            entered = true;
            progress.begin(watches);
        }
        if ((bits & BOOKMARK) != 0) {
            progress.requestBookmark();
        }
        HistoryRead read = arrived;
        if ((bits & ARRIVED) != 0 && read != null) {
            arrived = null;
            progress.accept(read);
        }
        loop.markDirty(this);
    }

    @Override
    public void wanted() {
        loop.markDirty(this);
    }

    @Override
    public void claimsMoved() {
        progress.claimsMoved();
    }

    @Override
    public void passedOver() {
        progress.passedOver();
    }

    @Override
    public void tick() {
        progress.tick();
        held = progress.isHeld();
    }

    @Override
    public boolean pump() {
        dirty = false;
        boolean more = ending == null || (!broken && progress.isLive());
        while (more && !ended && !cancelled) {
            more = progress.step();
        }
        if (ending != null) {
            finish(ending);
        }
        return !ended && progress.awaitsDispatch();
    }

    @Override
    public void endWith(RefusedException why) {
        if (ending == null) {
            ending = why;
        }
        loop.markDirty(this);
    }

    @Override
    public void breakOff(Throwable why) {
        if (!broken) {
            broken = true;
            ending = told(why);
        }
        loop.markDirty(this);
    }

    @Override
    public void fail(Throwable why) {
        finish(told(why));
    }

    @Override
    public int typeId() {
        return spec.typeId();
    }

    @Override
    public boolean isHeld() {
        return !ended && held;
    }

    @Override
    public boolean becomesDirty() {
        boolean becomes = !dirty && !ended;
        dirty |= becomes;
        return becomes;
    }

    /** Ends, and tells the sink where there is a reason and it has not cancelled. */
    private void finish(@Nullable RuntimeException why) {
        if (ended) {
            return;
        }
        ended = true;
        letGo();
        if (why == null || cancelled) {
            loop.metrics().cancelled();
            return;
        }
        if (why instanceof RefusedException refusal) {
            loop.metrics().ended(refusal.reason());
        } else {
            loop.metrics().failed();
        }
        tell(why);
    }

    /** Lets go of everything. A failure in that is one more, and keeps neither the sink nor others from what is due. */
    private void letGo() {
        try {
            progress.stop();
            if (entered) {
                loop.leave(this, spec.scope());
            }
        } catch (RuntimeException | Error e) {
            LOG.error("A watch that has ended could not let go of all that it held", e);
        }
    }

    /** Tells the sink why it has ended; where it fails then, there is nobody left to tell but operators. */
    private void tell(RuntimeException why) {
        try {
            sink.ended(why);
        } catch (RuntimeException | Error e) {
            // A sink may throw what it was told, and nothing is suppressed by itself.
            if (e != why) {
                e.addSuppressed(why);
            }
            LOG.error("A sink failed when it was told that its watch has ended", e);
        }
    }

    /** Returns what the sink is told: what went wrong on our side is wrapped, so that a report of it tells where. */
    private RuntimeException told(Throwable why) {
        return why instanceof RefusedException refusal ? refusal : new IllegalStateException(this + " failed", why);
    }

    /** It stands in the loop's mailbox while any bit is set, and so at most once. */
    private void signal(int bit) {
        if (signals.getAndUpdate(bits -> bits | bit) == 0) {
            loop.post(this);
        }
    }

    @Override
    public String toString() {
        return "watch of type " + spec.typeId() + " in " + spec.scope() + ", " + progress;
    }
}
