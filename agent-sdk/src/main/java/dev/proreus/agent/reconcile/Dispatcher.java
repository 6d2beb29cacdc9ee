package dev.proreus.agent.reconcile;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Handler;
import dev.proreus.agent.Result;
import dev.proreus.agent.pace.Backoff;
import dev.proreus.agent.pace.Delays;
import dev.proreus.agent.pace.Loop;
import dev.proreus.agent.view.Changes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives keys to workers and says when each is due again.
 *
 * <p>State: the queue of keys, how often each failed in a row, and the calls under way, never more than there are
 * workers. A call that succeeds is repeated after what its result asks for, else after the handler's resync; one that
 * fails after what it asks for, else after a growing delay, for ever. A change of the spec ends every wait.
 *
 * <p>Runs on the loop; the author's code runs on the workers, and its results come back through the loop.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Where calls get their objects and leave their results; called on the loop. */
    public interface Objects {
        /** Returns an object in its newest state, the agent's own reports included; empty where it is not held. */
        Optional<AgentObject> newest(ObjectKey key);

        /** Returns whether all that was reported about an object is durable. */
        boolean isReported(ObjectKey key);

        /** Returns the epoch of the newest session. */
        long epoch();

        /** Takes what a reconciler made of an object. */
        void reconciled(ObjectKey key, AgentObject seen, Result result);
    }

    private final List<Handler> handlers;
    private final int workers;
    private final Executor pool;
    private final Loop loop;
    private final Backoff backoff;
    private final Objects objects;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();
    private final Map<ObjectKey, Integer> failures = new HashMap<>();
    private final Map<ObjectKey, ReconcileCall> underWay = new HashMap<>();
    private final Set<ObjectKey> refused = new HashSet<>();
    private Loop.@Nullable Timer timer;
    private boolean stopping;
    private @Nullable Runnable whenIdle;

    /**
     * Makes a dispatcher.
     *
     * @param handlers what the agent does; their indexes are those of keys
     * @param workers the most calls at once
     * @param pool runs so many calls at once
     * @param loop the agent's thread
     * @param backoff the delays between failures
     * @param objects where calls get their objects
     */
    public Dispatcher(List<Handler> handlers, int workers, Executor pool, Loop loop, Backoff backoff, Objects objects) {
        this.handlers = handlers;
        this.workers = workers;
        this.pool = pool;
        this.loop = loop;
        this.backoff = backoff;
        this.objects = objects;
    }

    /** Takes in what a delivery did to the view of a handler. */
    public void changed(int handler, Changes changes) {
        for (String name : changes.gone()) {
            ObjectKey key = new ObjectKey(handler, name);
            queue.forget(key);
            failures.remove(key);
            refused.remove(key);
            outdate(key);
        }
        for (String name : changes.triggered()) {
            ObjectKey key = new ObjectKey(handler, name);
            failures.remove(key);
            queue.trigger(key);
            outdate(key);
        }
        pump();
    }

    /**
     * Takes in that the server refused what a call reported: the object's next call counts as a retry, after a growing
     * delay.
     */
    public void reportRefused(ObjectKey key) {
        if (underWay.containsKey(key)) {
            refused.add(key);
        } else if (objects.newest(key).isPresent()) {
            queue.retry(key, loop.nanoTime() + failed(key).toNanos());
            pump();
        }
    }

    /** Starts no more calls; runs the task once none is under way. */
    public void stop(Runnable whenStopped) {
        stopping = true;
        whenIdle = whenStopped;
        if (timer != null) {
            timer.cancel();
        }
        pump();
    }

    /** Returns of how many objects the last call failed. */
    int failing() {
        return failures.size();
    }

    private void pump() {
        if (stopping) {
            Runnable task = whenIdle;
            if (task != null && queue.taken() == 0) {
                whenIdle = null;
                task.run();
            }
            return;
        }
        while (queue.taken() < workers) {
            Optional<ObjectKey> key = queue.take(loop.nanoTime());
            if (key.isEmpty()) {
                break;
            }
            call(key.get());
        }
        wakeWhenDue();
    }

    private void call(ObjectKey key) {
        Optional<AgentObject> object = objects.newest(key);
        if (object.isEmpty()) {
            done(key, OptionalLong.empty());
            return;
        }
        ReconcileCall call = new ReconcileCall(
                handlers.get(key.handler()).reconciler(),
                object.get(),
                failures.getOrDefault(key, 0),
                objects.epoch(),
                objects.isReported(key));
        underWay.put(key, call);
        pool.execute(() -> {
            Result result = call.run();
            loop.execute(() -> ended(key, call, result));
        });
    }

    private void ended(ObjectKey key, ReconcileCall call, Result result) {
        underWay.remove(key);
        OptionalLong due = OptionalLong.empty();
        try {
            Duration delay = delay(key, call, result, refused.remove(key));
            due = delay == null ? due : OptionalLong.of(loop.nanoTime() + Delays.nanos(delay));
        } finally {
            done(key, due);
        }
        objects.reconciled(key, call.object(), result);
        pump();
    }

    /** Gives a key back, whatever became of its call: a worker that is not would be lost for good. */
    private void done(ObjectKey key, OptionalLong due) {
        queue.done(key, due);
        if (!queue.has(key)) {
            failures.remove(key); // it has gone, and may never be heard of again
        }
    }

    private @Nullable Duration delay(ObjectKey key, ReconcileCall call, Result result, boolean refusedMeanwhile) {
        if (result.outcome() == Result.Outcome.FAILED || refusedMeanwhile) {
            Duration delay = failed(key);
            Duration wait = Delays.bounded(result.again().orElse(delay));
            LOG.warn("Reconciling {} failed: {}; again in {} ms", call.object(), result, wait.toMillis());
            return wait;
        }
        failures.remove(key);
        Duration resync = handlers.get(key.handler()).resync();
        return result.again().orElseGet(() -> resync.isZero() ? null : backoff.spread(resync));
    }

    private Duration failed(ObjectKey key) {
        int before = failures.merge(key, 1, Integer::sum) - 1;
        return backoff.delay(before);
    }

    private void outdate(ObjectKey key) {
        ReconcileCall call = underWay.get(key);
        if (call != null) {
            call.outdate();
        }
    }

    private void wakeWhenDue() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        OptionalLong due = queue.nextDue();
        if (due.isPresent() && queue.taken() < workers) {
            timer = loop.after(Duration.ofNanos(Math.max(0, due.getAsLong() - loop.nanoTime())), this::pump);
        }
    }
}
