package dev.proreus.workspace.engine;

import dev.proreus.workspace.RandomIds;
import dev.proreus.workspace.check.StartCheck;
import dev.proreus.workspace.commit.Loaded;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.StoreRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The reading of a store at a start, beside the looking at it: its newest commits are looked at by another thread while
 * what readers and the committer need is built, and nothing is returned before both are done.
 */
final class StoreStart {
    private final Keys keys;
    private final Store store;
    private final StoreRow first;
    private final EngineOptions options;

    private StoreStart(Keys keys, Store store, StoreRow first, EngineOptions options) {
        this.keys = keys;
        this.store = store;
        this.first = first;
        this.options = options;
    }

    /**
     * Reads a store.
     *
     * @param first the row about the store
     * @throws dev.proreus.workspace.store.StoreCorruptException if the store does not agree with itself
     */
    static Loaded load(Keys keys, Store store, StoreRow first, EngineOptions options) {
        StoreStart start = new StoreStart(keys, store, first, options);
        Optional<StartCheck> check = StartCheck.ofRows(keys, store);
        return check.map(start::readChecked).orElseGet(() -> start.read(Map.of()));
    }

    private Loaded readChecked(StartCheck check) {
        if (store.isLossAccepted()) {
            // Nothing is written to a store that may have to be refused.
            check.newest();
            return read(NewLines.begin(keys, store, check.workspaces(), this::id));
        }
        Aside newest = new Aside(check::newest);
        options.readers().execute(newest);
        try {
            return read(check.workspaces());
        } finally {
            // Whatever was read: what the check has found says more, and it must not outlive the store.
            newest.await();
        }
    }

    private Loaded read(Map<Long, WorkspaceRow> workspaces) {
        return Loaded.from(keys, store, first, workspaces, options.clock().instant(), this::id);
    }

    private UUID id() {
        return RandomIds.next(options.random());
    }
}
