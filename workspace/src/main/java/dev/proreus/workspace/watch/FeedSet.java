package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The feeds behind one key of the index. Each knows its slot, so that both ends of its life are quick. The one that is
 * mostly alone is found without an array.
 */
final class FeedSet {
    private static final @Nullable RingFeed[] NO_OTHERS = {};

    private @Nullable RingFeed first;
    private @Nullable RingFeed[] others = NO_OTHERS;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(RingFeed feed) {
        if (size > others.length) {
            others = Arrays.copyOf(others, size * 2);
        }
        put(size, feed);
        feed.slot(size);
        size++;
    }

    void remove(RingFeed feed) {
        size--;
        RingFeed last = at(size);
        put(feed.slot(), last);
        last.slot(feed.slot());
        put(size, null);
    }

    void offer(long position, Change change) {
        for (int i = 0; i < size; i++) {
            at(i).offer(position, change);
        }
    }

    void copyTo(Collection<RunningWatch> all) {
        for (int i = 0; i < size; i++) {
            all.add(at(i).watch());
        }
    }

    private void put(int slot, @Nullable RingFeed feed) {
        if (slot == 0) {
            first = feed;
        } else {
            others[slot - 1] = feed;
        }
    }

    private RingFeed at(int slot) {
        RingFeed feed = slot == 0 ? first : others[slot - 1];
        if (feed == null) {
            throw new IllegalStateException("no feed stands in slot " + slot);
        }
        return feed;
    }
}
