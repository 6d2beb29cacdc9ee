package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registered subscriptions of one type in one workspace, each behind the one key that its filter can be found by.
 */
final class TypeWatches {
    private final WatchSet every = new WatchSet();
    private final Map<String, WatchSet> byName = new HashMap<>();
    private final Map<String, WatchSet> byAssignment = new HashMap<>();

    void add(RunningWatch watch, WatchFilter filter) {
        String name = filter.name();
        String assignment = filter.assignment();
        if (name != null) {
            byName.computeIfAbsent(name, key -> new WatchSet()).add(watch);
        } else if (assignment != null) {
            byAssignment.computeIfAbsent(assignment, key -> new WatchSet()).add(watch);
        } else {
            every.add(watch);
        }
    }

    void remove(RunningWatch watch, WatchFilter filter) {
        String name = filter.name();
        String assignment = filter.assignment();
        if (name != null) {
            remove(byName, name, watch);
        } else if (assignment != null) {
            remove(byAssignment, assignment, watch);
        } else {
            every.remove(watch);
        }
    }

    boolean isEmpty() {
        return every.isEmpty() && byName.isEmpty() && byAssignment.isEmpty();
    }

    /** Offers a change to whoever may want it: one look-up for each key that the change has. */
    void offer(long position, Change change) {
        every.offer(position, change);
        offer(byName.get(change.name()), position, change);
        String now = change.assignment();
        String before = change.previousAssignment();
        if (now != null) {
            offer(byAssignment.get(now), position, change);
        }
        if (before != null && !before.equals(now)) {
            offer(byAssignment.get(before), position, change);
        }
    }

    /** Returns a copy, since what is done to each may register it anew. */
    List<RunningWatch> all() {
        List<RunningWatch> all = new ArrayList<>();
        every.copyTo(all);
        byName.values().forEach(watches -> watches.copyTo(all));
        byAssignment.values().forEach(watches -> watches.copyTo(all));
        return all;
    }

    private static void offer(@Nullable WatchSet watches, long position, Change change) {
        if (watches != null) {
            watches.offer(position, change);
        }
    }

    private static void remove(Map<String, WatchSet> sets, String key, RunningWatch watch) {
        WatchSet watches = sets.get(key);
        if (watches != null) {
            watches.remove(watch);
            if (watches.isEmpty()) {
                sets.remove(key);
            }
        }
    }
}
