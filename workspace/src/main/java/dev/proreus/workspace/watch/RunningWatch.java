package dev.proreus.workspace.watch;

import dev.proreus.workspace.RefusedException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One subscription and its life: what other threads say to it becomes signals, on which it acts on its loop. What it
 * delivers is its {@link WatchProgress}.
 *
 * <p>The methods of {@link Subscription}, {@link #start} and {@link #arrived} may be called on any thread, all others
 * on the loop.
 */
final class RunningWatch implements Subscription {
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
    private boolean ended;
    private boolean dirty;

    RunningWatch(WatchLoop loop, WatchSpec spec, WatchSink sink) {
        this.loop = loop;
        this.spec = spec;
        this.sink = sink;
        this.progress = new WatchProgress(loop, this, spec, sink);
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

    /** Takes a read that has ended. */
    void arrived(HistoryRead read) {
        arrived = read;
        signal(ARRIVED);
    }

    /** Acts on the signals that were left since it last did. */
    void receive() {
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

    /** Takes that its feed has something. */
    void wanted() {
        loop.markDirty(this);
    }

    /** Takes that its filter failed. */
    void filterFailed(RuntimeException why) {
        endWith(fault(why));
        loop.markDirty(this);
    }

    /** Returns the internal id of the resource type that it is of. */
    int typeId() {
        return spec.typeId();
    }

    void claimsMoved() {
        progress.claimsMoved();
    }

    /** Takes that time has passed. */
    void tick() {
        progress.tick();
    }

    void passedOver() {
        progress.passedOver();
    }

    /** Ends at the next pump, after what the ring still has for it and its sink can take. */
    void endWith(RuntimeException why) {
        if (ending == null) {
            ending = why;
        }
    }

    /** Gives the sink all that it can take now. */
    void pump() {
        dirty = false;
        boolean more = ending == null || progress.isLive();
        while (more && !ended && !cancelled) {
            more = progress.step();
        }
        if (ending != null) {
            finish(ending);
        }
    }

    /** Returns whether it has something to give, and its sink takes nothing. */
    boolean isHeld() {
        return !ended && progress.isHeld();
    }

    boolean awaitsDispatch() {
        return !ended && progress.awaitsDispatch();
    }

    /** Ends, and tells the sink where there is a reason and it has not cancelled. */
    void finish(@Nullable RuntimeException why) {
        if (ended) {
            return;
        }
        ended = true;
        progress.stop();
        if (entered) {
            loop.leave(this, spec.scope());
        }
        if (why == null || cancelled) {
            loop.metrics().cancelled();
            return;
        }
        if (why instanceof RefusedException refusal) {
            loop.metrics().ended(refusal.reason());
        }
        sink.ended(why);
    }

    /** Wraps what went wrong on our side, so that whoever reports it can tell where. */
    IllegalStateException fault(Throwable cause) {
        return new IllegalStateException(this + " failed", cause);
    }

    /** Returns whether it has to be listed for the next pump, which it is then. */
    boolean becomesDirty() {
        boolean becomes = !dirty && !ended;
        dirty |= becomes;
        return becomes;
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
