package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.TermHashes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registered subscriptions of one type in one workspace, each behind the one key that its filter can be found by:
 * its name, else the hash of the first of its terms. Those without either stand together where their filters are equal,
 * and a change is tested once for all of them.
 */
final class TypeWatches {
    private final Map<String, WatchSet> byName = new HashMap<>();
    private final TermIndex byTerm = new TermIndex();
    private final Map<WatchFilter, WatchSet> groups = new LinkedHashMap<>();

    void add(RunningWatch watch, WatchFilter filter) {
        String name = filter.name();
        if (name != null) {
            byName.computeIfAbsent(name, key -> new WatchSet()).add(watch);
        } else if (!filter.terms().isEmpty()) {
            byTerm.add(hash(filter), watch);
        } else {
            groups.computeIfAbsent(filter, key -> new WatchSet()).add(watch);
        }
    }

    void remove(RunningWatch watch, WatchFilter filter) {
        String name = filter.name();
        if (name != null) {
            remove(byName, name, watch);
        } else if (!filter.terms().isEmpty()) {
            byTerm.remove(hash(filter), watch);
        } else {
            remove(groups, filter, watch);
        }
    }

    boolean isEmpty() {
        return groups.isEmpty() && byName.isEmpty() && byTerm.isEmpty();
    }

    /** Offers a change to whoever may want it: one look-up for each key that the change has. */
    void offer(long position, Change change) {
        groups.forEach((filter, watches) -> offer(filter, watches, position, change));
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
        groups.values().forEach(watches -> watches.copyTo(all));
        byName.values().forEach(watches -> watches.copyTo(all));
        byTerm.copyTo(all);
        return all;
    }

    private void offer(TermHashes terms, long position, Change change) {
        for (int i = 0; i < terms.size(); i++) {
            offer(byTerm.get(terms.get(i)), position, change);
        }
    }

    /** Offers a change to a group; a filter that fails is for each subscription of the group to find out. */
    private static void offer(WatchFilter filter, WatchSet watches, long position, Change change) {
        boolean wanted;
        try {
            wanted = EventForm.of(change, filter, 0) != EventForm.NONE;
        } catch (RuntimeException e) {
            wanted = true;
        }
        if (wanted) {
            watches.offer(position, change);
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
