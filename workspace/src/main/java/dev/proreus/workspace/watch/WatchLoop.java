package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.ClaimsMoved;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.TypeGone;
import dev.proreus.workspace.WorkspaceGone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one single-threaded executor. A wake-up takes what other threads said to them, walks each new
 * entry of the ring once, and then pumps each subscription that something happened to, once.
 */
final class WatchLoop implements Runnable {
    /*
     * State: up to where the walk stands, every registered subscription has been offered every entry. In the midst of
     * it a position may be half done, which is why nothing registers and nothing is pumped there.
     *
     * Wake-ups: `woken` says that a run is queued. A run clears it before it looks at anything, and whoever has news
     * makes it visible before testing it, so news is either seen by a run that has yet to look or queues another one.
     * A run never queues itself.
     *
     * Changes wake a loop only where a subscription is registered, which it says before it asks how far changes have
     * come: so either the writer sees that, or what it published was seen. Else the walk stays behind, and goes on
     * before anything else when something wakes the loop, as all that is no change does.
     *
     * Threads: wake(), wakeForChanges() and post() on any; everything else on the executor's one thread. The mailbox is
     * bounded by the number of subscriptions, since each stands in it once at most.
     */

    private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);

    private final Executor executor;
    private final Sources sources;
    private final RingWalk walk;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Queue<Watcher> mailbox = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private volatile boolean refused;

    private volatile long tickedAt;

    private final Map<Scope, ScopeWatches> scopes = new HashMap<>();
    private final Map<Long, WorkspaceWatches> workspaces = new HashMap<>();
    private final SubtreeIndex subtrees = new SubtreeIndex();
    private List<Watcher> dirty = new ArrayList<>();
    private final Set<Watcher> awaitingDispatch = new LinkedHashSet<>();
    private final MessageTally tally;
    private volatile long held;
    private long now;

    WatchLoop(Executor executor, Sources sources) {
        this.executor = executor;
        this.sources = sources;
        this.tally = new MessageTally(sources.metrics());
        this.walk = new RingWalk(sources.ring());
    }

    /** Queues a run where none is queued. */
    void wake() {
        if (woken.get() || !woken.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            woken.set(false);
            if (!refused) {
                refused = true;
                LOG.warn("An event loop refuses work; its watches stand still until it takes some again", e);
            }
        }
    }

    /** Queues a run where somebody here may want changes. */
    void wakeForChanges() {
        if (walk.isFollowed()) {
            wake();
        }
    }

    /** Says that there are signals for a subscription; not called again for it until it took them. */
    void post(Watcher watch) {
        mailbox.add(watch);
        wake();
    }

    /** Says what time it is, and lets subscriptions do what is due by it. */
    void tick(long nanos) {
        tickedAt = nanos;
        wake();
    }

    /** Ends all subscriptions, now and later. */
    void stop() {
        stopping = true;
        wake();
    }

    @Override
    public void run() {
        woken.set(false);
        if (!walk.isFollowed()) {
            walkOn();
        }
        for (Watcher watch = mailbox.poll(); watch != null; watch = mailbox.poll()) {
            guard(watch, Watcher::receive);
        }
        if (stopping) {
            allMembers().forEach(watch -> watch.fail(Refusals.stopping()));
        } else {
            walkOn();
            takeTick();
        }
        pump();
        tally.flush();
    }

    private void takeTick() {
        long nanos = tickedAt;
        if (nanos != now) {
            now = nanos;
            List<Watcher> all = allMembers();
            guardAll(all, Watcher::tick);
            held = all.stream().filter(Watcher::isHeld).count();
        }
    }

    /** Returns how far it has walked the ring: what stands below was offered to every registered subscription. */
    RingWalk walk() {
        return walk;
    }

    WatchMetrics metrics() {
        return sources.metrics();
    }

    /** Returns what counts the messages of this run. */
    MessageTally tally() {
        return tally;
    }

    /** Returns, to any thread, how many subscriptions had something to give at the last tick that was not taken. */
    long held() {
        return held;
    }

    long joinDistance() {
        return sources.joinDistance();
    }

    /** Returns whether a resource type is still defined. */
    boolean isDefined(int typeId) {
        return sources.heads().isDefined(typeId);
    }

    /** Returns the time of the last tick, in nanoseconds of a clock that never goes back. */
    long now() {
        return now;
    }

    CatchUp catchUp() {
        return sources.catchUp();
    }

    ScopeWatches enter(Watcher watch, Scope scope) {
        ScopeWatches watches = scopes.computeIfAbsent(scope, this::opened);
        watches.add(watch);
        return watches;
    }

    void leave(Watcher watch, Scope scope) {
        awaitingDispatch.remove(watch);
        ScopeWatches watches = scopes.get(scope);
        if (watches == null) {
            return;
        }
        watches.remove(watch);
        if (watches.isEmpty()) {
            scopes.remove(scope);
            if (scope instanceof Scope.OneWorkspace) {
                workspaces.remove(scope.workspaceId());
            }
        }
    }

    private ScopeWatches opened(Scope scope) {
        if (scope instanceof Scope.Subtree subtree) {
            return new SubtreeWatches(subtree, sources.heads(), subtrees);
        }
        WorkspaceWatches watches = new WorkspaceWatches((Scope.OneWorkspace) scope, sources.heads());
        workspaces.put(scope.workspaceId(), watches);
        return watches;
    }

    /** Makes sure that a subscription is pumped at the end of this run. */
    void markDirty(Watcher watch) {
        if (watch.becomesDirty()) {
            dirty.add(watch);
        }
    }

    private void walkOn() {
        long pending = walk.pending();
        if (pending == 0) {
            return;
        }
        for (; pending > 0; pending--) {
            RingEntry entry = walk.next();
            if (entry == null) {
                passOver();
                break;
            }
            dispatch(entry);
        }
        walk.rest();
        awaitingDispatch.forEach(this::markDirty);
        awaitingDispatch.clear();
    }

    private void dispatch(RingEntry entry) {
        Publication publication = entry.publication();
        WorkspaceWatches watches = workspaces.get(publication.workspaceId());
        if (publication instanceof Change change) {
            subtrees.dispatched(change.sequence());
            if (watches != null) {
                watches.offer(entry.position(), change);
            }
            subtrees.offer(entry.position(), change, entry.event().place());
        } else if (publication instanceof ClaimsMoved moved) {
            if (watches != null) {
                guardAll(watches.registered(moved.typeId()), Watcher::claimsMoved);
            }
        } else if (publication instanceof TypeGone gone) {
            end(membersOf(gone.typeId()), Refusals.typeDeleted());
        } else if (publication instanceof WorkspaceGone gone) {
            for (long id : gone.all()) {
                end(scopes.get(new Scope.OneWorkspace(id)));
                end(scopes.get(new Scope.Subtree(id)));
            }
        }
    }

    private void end(@Nullable ScopeWatches gone) {
        if (gone != null) {
            end(gone.members(), Refusals.workspaceDeleted());
        }
    }

    private void end(List<Watcher> watches, RefusedException why) {
        guardAll(watches, watch -> watch.endWith(why));
    }

    /** The ring has dropped what this loop has not seen: whoever relied on seeing it reads history instead. */
    private void passOver() {
        if (walk.isFollowed()) {
            metrics().passedOver();
        }
        guardAll(allMembers(), Watcher::passedOver);
    }

    private void pump() {
        List<Watcher> due = dirty;
        dirty = new ArrayList<>();
        Consumer<Watcher> pump = this::pump;
        for (Watcher watch : due) {
            guard(watch, pump);
        }
    }

    private void pump(Watcher watch) {
        if (watch.pump()) {
            awaitingDispatch.add(watch);
        }
    }

    private List<Watcher> allMembers() {
        List<Watcher> all = new ArrayList<>();
        scopes.values().forEach(watches -> all.addAll(watches.members()));
        return all;
    }

    /** Returns the subscriptions of a type, in whatever scope and state: those that read history end with it too. */
    private List<Watcher> membersOf(int typeId) {
        return allMembers().stream().filter(watch -> watch.typeId() == typeId).toList();
    }

    private void guardAll(List<Watcher> watches, Consumer<Watcher> step) {
        for (Watcher watch : watches) {
            guard(watch, step);
            markDirty(watch);
        }
    }

    /**
     * Runs a step of one subscription so that its failure is nobody else's, be it an error: a transport may be out of
     * memory for one stream, and who comes after it in this run stands in no other list.
     */
    private static void guard(Watcher watch, Consumer<Watcher> step) {
        try {
            step.accept(watch);
        } catch (RuntimeException | Error e) {
            watch.fail(e);
        }
    }
}
