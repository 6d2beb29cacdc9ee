package dev.proreus.workspace.watch;

import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription reads of history: at most one read is outstanding, at most one chunk waits to be given.
 * Confined to the subscription's loop.
 */
final class HistoryFeed {
    private final WatchLoop loop;
    private final RunningWatch watch;
    private final WatchSpec spec;
    private @Nullable HistoryRead outstanding;
    private @Nullable Chunk chunk;

    HistoryFeed(WatchLoop loop, RunningWatch watch, WatchSpec spec) {
        this.loop = loop;
        this.watch = watch;
        this.spec = spec;
    }

    /** Returns the chunk that was read last and is not dropped yet, or null. */
    @Nullable
    Chunk chunk() {
        return chunk;
    }

    void dropChunk() {
        chunk = null;
    }

    /** Forgets all; a read that is under way is awaited before another starts, and what it brings is dropped. */
    void startOver() {
        chunk = null;
        if (outstanding != null) {
            outstanding.discard();
        }
    }

    /** Takes what a read brought; throws what it failed with. */
    void accept(HistoryRead read) {
        outstanding = null;
        if (!read.isStale()) {
            chunk = read.chunk();
        }
    }

    /** Asks for changes in (after, through], unless a read is outstanding. */
    void readChanges(WatchFilter filter, long after, long through) {
        History history = loop.history();
        read(() -> Chunk.ofChanges(
                history.changes(spec.workspaceId(), spec.typeId(), filter.name(), after, through),
                filter,
                spec,
                after,
                through));
    }

    /** Asks for a snapshot's next page, unless a read is outstanding. */
    void readStates(WatchFilter filter, long atRevision, @Nullable String afterName) {
        History history = loop.history();
        read(() -> Chunk.ofStates(
                history.states(
                        spec.workspaceId(), spec.typeId(), filter.name(), afterName, atRevision, Limits.PAGE_OBJECTS),
                filter,
                atRevision));
    }

    private void read(Supplier<Chunk> query) {
        if (outstanding == null) {
            HistoryRead read = new HistoryRead(watch, query);
            outstanding = read;
            loop.read(read);
        }
    }
}
