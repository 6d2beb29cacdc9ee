package dev.proreus.workspace.watch;

import dev.proreus.workspace.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The subscriptions of one loop in one scope, and how far their line of positions has come: all of them as members, the
 * registered ones by what they want. Confined to the loop.
 */
abstract class ScopeWatches {
    private final Scope scope;
    private final Set<Watcher> members = new LinkedHashSet<>();

    ScopeWatches(Scope scope) {
        this.scope = scope;
    }

    /** Returns the scope, one for all that are in it. */
    final Scope scope() {
        return scope;
    }

    final void add(Watcher watch) {
        members.add(watch);
    }

    final void remove(Watcher watch) {
        members.remove(watch);
    }

    final boolean isEmpty() {
        return members.isEmpty();
    }

    /** Returns a copy of the subscriptions, whatever their state. */
    final List<Watcher> members() {
        return List.copyOf(members);
    }

    abstract void register(RingFeed feed, int typeId, WatchFilter filter);

    abstract void unregister(RingFeed feed, int typeId, WatchFilter filter);

    /** Returns the newest published position; throws a refusal where the scope is gone. */
    abstract long published();

    /** Returns the oldest position that can still be read on from, as far as that is known here; else 0. */
    abstract long floor();

    /** Returns the newest position dispatched while there were members; in the midst of a walk it may be half done. */
    abstract long dispatched();
}
