package dev.proreus.workspace.commit;

import dev.proreus.workspace.Publication;
import dev.proreus.workspace.agent.AgentDirectory;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.TypeCatalog;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What readers see: everything that is durable, and nothing else. The committer raises it after each sync.
 *
 * @param tree the workspaces and their newest revisions
 * @param types the resource types
 * @param agents the agents and their claims
 * @param sequence the newest sequence, the last of a commit batch
 */
public record Published(WorkspaceTree tree, TypeCatalog types, AgentDirectory agents, AtomicLong sequence) {
    /** Makes what readers see of a store in which there is nothing yet. */
    public static Published empty() {
        WorkspaceTree tree = new WorkspaceTree();
        return new Published(tree, new TypeCatalog(tree), new AgentDirectory(), new AtomicLong());
    }

    /** Raises everything to what a durable batch left: tables first, then revisions, then watches. */
    void raise(Batch.Sealed batch, Consumer<List<Publication>> watches) {
        batch.effects().forEach(Runnable::run);
        for (Batch.Raised each : batch.raised()) {
            Workspace live = tree.byId(each.workspaceId());
            if (live != null) {
                tree.publish(live, each.progress());
            }
        }
        List<Publication> publications = batch.publications();
        if (!publications.isEmpty()) {
            sequence.set(publications.get(publications.size() - 1).sequence());
        }
        watches.accept(publications);
    }
}
