package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Feeds that want the same. Each knows its slot, so that both ends of its life are quick. */
final class FeedSet extends Feeds {
    private static final int SLOTS_MIN = 2;

    private @Nullable RingFeed[] feeds = new RingFeed[SLOTS_MIN];
    private int size;

    int size() {
        return size;
    }

    void add(RingFeed feed) {
        if (size == feeds.length) {
            feeds = Arrays.copyOf(feeds, size * 2);
        }
        feeds[size] = feed;
        feed.slot(size);
        size++;
    }

    void remove(RingFeed feed) {
        size--;
        RingFeed last = at(size);
        feeds[feed.slot()] = last;
        last.slot(feed.slot());
        feeds[size] = null;
    }

    @Override
    void offer(long position, Change change) {
        for (int i = 0; i < size; i++) {
            at(i).offer(position, change);
        }
    }

    @Override
    void copyTo(Collection<Watcher> all) {
        for (int i = 0; i < size; i++) {
            at(i).copyTo(all);
        }
    }

    /** Returns the one in a slot, from 0 to below the size. */
    RingFeed at(int slot) {
        RingFeed feed = feeds[slot];
        if (feed == null) {
            throw new IllegalStateException("no feed stands in slot " + slot);
        }
        return feed;
    }
}
