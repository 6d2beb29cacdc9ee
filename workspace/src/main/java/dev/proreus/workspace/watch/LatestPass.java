package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that one pass of mode LATEST makes one event each object of. It holds changes, not events; what comes of
 * them is {@link Conflation}'s to say. Bounded in changes and objects; one thread at a time.
 */
final class LatestPass {
    /** Changes of one pass: each is held until the pass is closed. */
    static final int CHANGES = 1_024;

    /** Objects of one pass: their states are read when it is closed. */
    static final int OBJECTS = 256;

    private final WatchSpec spec;
    private final WatchFilter filter;
    private final List<SharedEvent> changes = new ArrayList<>();
    private final Map<Conflation.ObjectKey, Integer> objects = new HashMap<>();
    private long bytes;
    private long current = Feed.NOTHING;
    private int whole;

    LatestPass(WatchSpec spec, WatchFilter filter) {
        this.spec = spec;
        this.filter = filter;
    }

    /**
     * Makes a pass of what waits in the ring, up to a share of it.
     *
     * @param upTo the position up to which everything that is wanted waits there
     * @return the pass, closed; null where the ring has dropped what comes first
     */
    static @Nullable Chunk ofRing(RingFeed ring, WatchFilter filter, WatchSpec spec, long upTo) {
        LatestPass pass = new LatestPass(spec, filter);
        long reached = Feed.NOTHING;
        while (true) {
            List<SharedEvent> together = new ArrayList<>(1);
            long position = ring.appendNext((event, form) -> together.add(event));
            if (position == Feed.NOTHING) {
                reached = upTo;
                break;
            }
            if (position == Feed.EVICTED || !pass.takeAll(position, together)) {
                break;
            }
            ring.advance();
            reached = position;
        }
        return reached == Feed.NOTHING ? null : new Conflation(pass.changes, filter, spec).chunk(reached);
    }

    /**
     * Takes a change of a position; positions ascend.
     *
     * @return false where the pass has no room for the whole of that position, and ends before it
     */
    boolean take(long position, SharedEvent event) {
        begin(position);
        add(event, 0);
        return fits();
    }

    /**
     * Closes the pass at a position up to which everything was offered, or earlier: before the first change of an
     * object whose event would make it more than a share.
     */
    Chunk closeWithinShare(long upTo) {
        int count = changes.size();
        while (true) {
            Conflation some = new Conflation(changes.subList(0, count), filter, spec);
            int fewer = border(some.changesWithin(Limits.SHARE_BYTES), count);
            if (fewer == count) {
                return some.chunk(count == changes.size() ? upTo : position(count - 1));
            }
            // What an object comes to in fewer changes may be more than in all of them: look again.
            count = fewer;
        }
    }

    /** Takes all changes of a position, whose sizes are known. */
    private boolean takeAll(long position, List<SharedEvent> together) {
        begin(position);
        for (SharedEvent event : together) {
            ChangeView change = event.change();
            ByteString before = change.previous();
            if (before != null && !objects.containsKey(Conflation.ObjectKey.of(change))) {
                // Where it departs, the state is told that it had before all of them.
                bytes += before.size();
            }
            add(event, change.object().size());
        }
        return fits();
    }

    private void begin(long position) {
        if (position != current) {
            current = position;
            whole = changes.size();
        }
    }

    private void add(SharedEvent event, int size) {
        changes.add(event);
        Integer before = objects.put(Conflation.ObjectKey.of(event.change()), size);
        bytes += before == null ? size : size - before;
    }

    private boolean fits() {
        boolean tooMuch = changes.size() > CHANGES || objects.size() > OBJECTS || bytes > Limits.SHARE_BYTES;
        if (!tooMuch || whole == 0) {
            return true;
        }
        changes.subList(whole, changes.size()).clear();
        return false;
    }

    /**
     * Returns how many changes to keep so that no position is split: at most those, but the first position anyway.
     *
     * @param all how many there are, which split none
     */
    private int border(int most, int all) {
        if (most == all) {
            return all;
        }
        int count = most;
        while (count > 0 && position(count - 1) == position(count)) {
            count--;
        }
        if (count == 0) {
            count = 1;
            while (count < all && position(count) == position(0)) {
                count++;
            }
        }
        return count;
    }

    private long position(int index) {
        return spec.scope().positionOf(changes.get(index).change());
    }
}
