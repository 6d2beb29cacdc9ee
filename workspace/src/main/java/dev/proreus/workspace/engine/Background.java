package dev.proreus.workspace.engine;

import dev.proreus.workspace.Publication;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.check.CheckMetrics;
import dev.proreus.workspace.check.CounterLoop;
import dev.proreus.workspace.commit.Command;
import dev.proreus.workspace.commit.Loaded;
import dev.proreus.workspace.deletion.DeletionLoop;
import dev.proreus.workspace.retention.RetentionLoop;
import dev.proreus.workspace.retention.RetentionMetrics;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What the engine does without being asked: it trims history, ends and reclaims workspaces, and counts whether all is
 * as it should be.
 *
 * <p><b>Threads.</b> Each loop runs one step at a time, on an executor of {@link EngineOptions}; what is told to them
 * may come from any thread.
 */
final class Background implements AutoCloseable {
    private final RetentionLoop retention;
    private final DeletionLoop deletion;
    private final CounterLoop counters;

    /**
     * Makes loops that rest until they are started.
     *
     * @param committer takes the commands of the loops
     */
    Background(
            Keys keys,
            Store store,
            Loaded loaded,
            EngineOptions options,
            Function<Command, CompletionStage<?>> committer) {
        WorkspaceTree tree = loaded.published().tree();
        this.retention = new RetentionLoop(
                keys,
                store,
                tree,
                loaded.published().sequence().get(),
                options.retention(),
                floor -> committer.apply(new Command.RaiseFloor(
                        floor.workspaceId(), floor.revision(), floor.sequence(), floor.historyBytes(), options.now())),
                options.clock(),
                options.background(),
                new RetentionMetrics(options.instrumentation()),
                options.onFailure());
        this.deletion = new DeletionLoop(
                keys,
                store,
                tree,
                loaded.gone(),
                new CommittedEndings(committer, options::now),
                retention::agedThrough,
                options.clock(),
                options.reclaimer(),
                options.instrumentation(),
                options.onFailure());
        this.counters = new CounterLoop(
                keys,
                store,
                tree,
                options.clock(),
                options.checker(),
                new CheckMetrics(options.instrumentation()),
                options.onFailure());
    }

    void start() {
        retention.start();
        deletion.start();
        counters.start();
    }

    /** Takes notice of what was committed; quick, on any thread. */
    void committed(Publication publication) {
        retention.committed(publication.workspaceId());
        if (publication instanceof WorkspaceGone gone) {
            deletion.gone(gone);
        }
    }

    /** Takes notice that a workspace may hold less history now, or more; quick, on any thread. */
    void retentionChanged(Workspace workspace) {
        retention.changed(workspace);
    }

    /** Returns the newest sequence that no subtree can be read on from below, for its age. */
    long agedThrough() {
        return retention.agedThrough();
    }

    /** Lets no further step begin. Those under way may go on until the store is closed. */
    @Override
    public void close() {
        retention.close();
        deletion.close();
        counters.close();
    }
}
