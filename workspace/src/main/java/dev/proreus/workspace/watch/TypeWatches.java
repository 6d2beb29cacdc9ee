package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.TermHashes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registered subscriptions of one type in one workspace, each behind the one key that its filter can be found by:
 * its name, else the first of its terms. Those without either stand together where their filters are equal, and a
 * change is tested once for all of them.
 */
final class TypeWatches {
    private static final long NAME_MIX = 0x9e3779b97f4a7c15L;

    private final KeyIndex byName = new KeyIndex();
    private final KeyIndex byTerm = new KeyIndex();
    private final Map<WatchFilter, FeedSet> groups = new LinkedHashMap<>();

    void add(RingFeed feed, WatchFilter filter) {
        String name = filter.name();
        if (name != null) {
            byName.add(key(name), feed);
        } else if (!filter.terms().isEmpty()) {
            byTerm.add(key(filter), feed);
        } else {
            groups.computeIfAbsent(filter, key -> new FeedSet()).add(feed);
        }
    }

    void remove(RingFeed feed, WatchFilter filter) {
        String name = filter.name();
        if (name != null) {
            byName.remove(key(name), feed);
        } else if (!filter.terms().isEmpty()) {
            byTerm.remove(key(filter), feed);
        } else {
            removeFromGroup(feed, filter);
        }
    }

    boolean isEmpty() {
        return groups.isEmpty() && byName.isEmpty() && byTerm.isEmpty();
    }

    /** Offers a change to whoever may want it: one look-up for each key that the change has. */
    void offer(long position, Change change) {
        groups.forEach((filter, feeds) -> {
            if (mayWant(filter, change)) {
                feeds.offer(position, change);
            }
        });
        offer(byName.get(key(change.name())), position, change);
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

    /** Offers a change to each, whatever it asked for. */
    void offerToAll(long position, Change change) {
        groups.values().forEach(feeds -> feeds.offer(position, change));
        byName.offerToAll(position, change);
        byTerm.offerToAll(position, change);
    }

    /** Returns a copy, since what is done to each may register it anew. */
    List<Watcher> all() {
        List<Watcher> all = new ArrayList<>();
        groups.values().forEach(feeds -> feeds.copyTo(all));
        byName.copyTo(all);
        byTerm.copyTo(all);
        return all;
    }

    private void offer(TermHashes terms, long position, Change change) {
        for (int i = 0; i < terms.size(); i++) {
            offer(byTerm.get(terms.get(i)), position, change);
        }
    }

    private static void offer(@Nullable Feeds feeds, long position, Change change) {
        if (feeds != null) {
            feeds.offer(position, change);
        }
    }

    /** Returns whether a group may want a change; a filter that fails is for each of the group to find out. */
    private static boolean mayWant(WatchFilter filter, Change change) {
        try {
            return EventForm.of(change, filter, 0) != EventForm.NONE;
        } catch (RuntimeException | Error e) {
            return true;
        }
    }

    private void removeFromGroup(RingFeed feed, WatchFilter filter) {
        FeedSet feeds = groups.get(filter);
        if (feeds != null) {
            feeds.remove(feed);
            if (feeds.size() == 0) {
                groups.remove(filter);
            }
        }
    }

    private static long key(WatchFilter filter) {
        return filter.terms().get(0).hash();
    }

    private static long key(String name) {
        return name.hashCode() * NAME_MIX;
    }
}
