package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registered subscriptions of one loop over subtrees, by type and by the workspace at the top: a change of a type
 * that nobody watches so costs one look-up, and else one for each ancestor of its workspace. Confined to the loop.
 */
final class SubtreeIndex {
    private final Map<Integer, Map<Long, TypeWatches>> tops = new HashMap<>();
    private long dispatchedSequence;

    void register(long top, RingFeed feed, int typeId, WatchFilter filter) {
        tops.computeIfAbsent(typeId, key -> new HashMap<>())
                .computeIfAbsent(top, key -> new TypeWatches())
                .add(feed, filter);
    }

    void unregister(long top, RingFeed feed, int typeId, WatchFilter filter) {
        Map<Long, TypeWatches> ofType = tops.get(typeId);
        TypeWatches watches = ofType == null ? null : ofType.get(top);
        if (ofType != null && watches != null) {
            watches.remove(feed, filter);
            if (watches.isEmpty()) {
                ofType.remove(top);
            }
            if (ofType.isEmpty()) {
                tops.remove(typeId);
            }
        }
    }

    /** Says that an entry of the ring with this sequence has been dispatched. */
    void dispatched(long sequence) {
        dispatchedSequence = sequence;
    }

    /** Returns the newest sequence dispatched; in the midst of a walk it may be half done. */
    long dispatchedSequence() {
        return dispatchedSequence;
    }

    void offer(long position, Change change, @Nullable Place place) {
        if (change.endsWorkspace()) {
            tops.values()
                    .forEach(ofType -> offer(ofType, place, change, watches -> watches.offerToAll(position, change)));
        } else {
            Map<Long, TypeWatches> ofType = tops.get(change.typeId());
            if (ofType != null) {
                offer(ofType, place, change, watches -> watches.offer(position, change));
            }
        }
    }

    private static void offer(
            Map<Long, TypeWatches> ofType, @Nullable Place place, Change change, Consumer<TypeWatches> offer) {
        if (place == null) {
            throw new IllegalStateException("the ring does not know where workspace " + change.workspaceId() + " lies");
        }
        for (int levels = 0; levels < place.depth(); levels++) {
            TypeWatches watches = ofType.get(place.ancestor(levels));
            if (watches != null) {
                offer.accept(watches);
            }
        }
    }
}
