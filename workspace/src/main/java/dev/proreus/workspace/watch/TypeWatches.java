package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.TermHashes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registered subscriptions of one type in one workspace, each behind the one key that its filter can be found by:
 * its name, else the hash of the first of its terms.
 */
final class TypeWatches {
    private final WatchSet every = new WatchSet();
    private final Map<String, WatchSet> byName = new HashMap<>();
    private final Map<Long, WatchSet> byTerm = new HashMap<>();

    void add(RunningWatch watch, WatchFilter filter) {
        String name = filter.name();
        if (name != null) {
            byName.computeIfAbsent(name, key -> new WatchSet()).add(watch);
        } else if (!filter.terms().isEmpty()) {
            byTerm.computeIfAbsent(hash(filter), key -> new WatchSet()).add(watch);
        } else {
            every.add(watch);
        }
    }

    void remove(RunningWatch watch, WatchFilter filter) {
        String name = filter.name();
        if (name != null) {
            remove(byName, name, watch);
        } else if (!filter.terms().isEmpty()) {
            remove(byTerm, hash(filter), watch);
        } else {
            every.remove(watch);
        }
    }

    boolean isEmpty() {
        return every.isEmpty() && byName.isEmpty() && byTerm.isEmpty();
    }

    /** Offers a change to whoever may want it: one look-up for each key that the change has. */
    void offer(long position, Change change) {
        every.offer(position, change);
        offer(byName.get(change.name()), position, change);
        if (byTerm.isEmpty()) {
            return;
        }
        TermHashes now = change.now().terms();
        offer(now, position, change);
        Selectable before = change.before();
        if (before != null) {
            offer(before.terms().without(now), position, change);
        }
    }

    /** Returns a copy, since what is done to each may register it anew. */
    List<RunningWatch> all() {
        List<RunningWatch> all = new ArrayList<>();
        every.copyTo(all);
        byName.values().forEach(watches -> watches.copyTo(all));
        byTerm.values().forEach(watches -> watches.copyTo(all));
        return all;
    }

    private void offer(TermHashes terms, long position, Change change) {
        for (int i = 0; i < terms.size(); i++) {
            offer(byTerm.get(terms.get(i)), position, change);
        }
    }

    private static long hash(WatchFilter filter) {
        return filter.terms().get(0).hash();
    }

    private static void offer(@Nullable WatchSet watches, long position, Change change) {
        if (watches != null) {
            watches.offer(position, change);
        }
    }

    private static <K> void remove(Map<K, WatchSet> sets, K key, RunningWatch watch) {
        WatchSet watches = sets.get(key);
        if (watches != null) {
            watches.remove(watch);
            if (watches.isEmpty()) {
                sets.remove(key);
            }
        }
    }
}
