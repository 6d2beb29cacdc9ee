package dev.proreus.workspace.engine;

import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.select.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the objects that a selector means. It looks at a bounded number of objects: where few of them match, the
 * page is short or empty, and says where to go on.
 *
 * @param list the objects, in order of name
 * @param reached the name to go on after, or null where there is nothing more
 */
record SelectedStates(List<ObjectState> list, @Nullable String reached) {
    /** Objects of one read; small, since of what does not match each is read for nothing. */
    private static final int CHUNK = 500;

    /**
     * Reads a page at a revision.
     *
     * @param after the name to go on after; null for the start
     * @param max most objects of the page
     */
    static SelectedStates read(
            History history,
            long workspaceId,
            int typeId,
            Selector selector,
            @Nullable String after,
            long revision,
            int max) {
        List<ObjectState> found = new ArrayList<>();
        String reached = after;
        int scanned = 0;
        int scannedBytes = 0;
        int bytes = 0;
        int chunk = selector.requirements().isEmpty() ? max : CHUNK;
        while (true) {
            History.States states =
                    history.states(workspaceId, typeId, selector.name(), reached, revision, chunk, Limits.PAGE_BYTES);
            for (ObjectState state : states.list()) {
                if (selector.matches(state.selectable())) {
                    if (found.size() == max || bytes >= Limits.PAGE_BYTES) {
                        return new SelectedStates(found, reached);
                    }
                    found.add(state);
                    bytes += state.object().size();
                }
                reached = state.name();
                scanned++;
                scannedBytes += state.object().size();
            }
            if (!states.more()) {
                return new SelectedStates(found, null);
            }
            boolean full = found.size() == max || bytes >= Limits.PAGE_BYTES;
            if (full || scanned >= Limits.PAGE_SCANNED || scannedBytes >= Limits.PAGE_SCANNED_BYTES) {
                return new SelectedStates(found, reached);
            }
        }
    }
}
