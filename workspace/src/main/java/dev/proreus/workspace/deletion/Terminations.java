package dev.proreus.workspace.deletion;

import dev.proreus.workspace.Termination;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Leads workspaces that are terminating to their end: once the grace is over, those objects are deleted that have
 * finalizers, so that whoever has to act learns of it; once no finalizer is left, the workspace is. In steps; one
 * thread at a time.
 */
final class Terminations {
    /** Objects looked at in one step, and at most deleted: less than one commit batch takes. */
    static final int STEP_OBJECTS = 256;

    /** How soon objects are looked for again where finalizers are left: a deletion may have been refused meanwhile. */
    static final Duration SWEEP_AGAIN = Duration.ofSeconds(10);

    private final Keys keys;
    private final Store store;
    private final WorkspaceTree tree;
    private final Endings endings;
    private final Map<Long, Pass> passes = new HashMap<>();

    Terminations(Keys keys, Store store, WorkspaceTree tree, Endings endings) {
        this.keys = keys;
        this.store = store;
        this.tree = tree;
        this.endings = endings;
    }

    /** Returns whether there is one whose grace is over. */
    boolean isAnyFinal(Instant now) {
        return tree.terminating().stream().anyMatch(workspace -> isFinal(workspace, now));
    }

    /** Returns whether there are objects to look at. */
    boolean hasMore() {
        return passes.values().stream().anyMatch(pass -> !pass.sweep.isDone());
    }

    /** Does a bounded amount for each whose grace is over; returns what has to be answered before the next step. */
    List<CompletionStage<?>> step(Instant now) {
        List<CompletionStage<?>> asked = new ArrayList<>();
        passes.keySet().removeIf(id -> !isFinal(tree.byId(id), now));
        for (Workspace workspace : tree.terminating()) {
            if (asked.size() >= STEP_OBJECTS) {
                break;
            }
            if (isFinal(workspace, now)) {
                step(workspace, now, asked);
            }
        }
        return asked;
    }

    private void step(Workspace workspace, Instant now, List<CompletionStage<?>> asked) {
        if (workspace.progress().subtree().finalizers() == 0) {
            asked.add(endings.end(workspace.id()));
            return;
        }
        Pass pass = passes.get(workspace.id());
        if (pass == null || (pass.sweep.isDone() && !now.isBefore(pass.begun.plus(SWEEP_AGAIN)))) {
            pass = new Pass(now, new FinalizerSweep(keys, store, tree, workspace));
            passes.put(workspace.id(), pass);
        }
        for (FinalizerSweep.Found each : pass.sweep.step(STEP_OBJECTS - asked.size())) {
            asked.add(endings.delete(each.workspaceId(), each.typeId(), each.name(), each.uid()));
        }
    }

    private static boolean isFinal(@Nullable Workspace workspace, Instant now) {
        Termination termination = workspace == null ? null : workspace.termination();
        return termination != null && termination.isFinal(now);
    }

    private record Pass(Instant begun, FinalizerSweep sweep) {}
}
