package dev.proreus.workspace.commit;

import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.keys.Keys;
import java.util.Optional;

/**
 * The state machine: applies commands in order to the state that it owns. Deterministic: it reads no clock, no random
 * source, and nothing but its state and the store, of which the cache has a part. For the thread that builds a batch
 * only.
 */
final class Applier {
    private final Keys keys;
    private final State state;
    private final ObjectApplier objects;
    private final WorkspaceApplier workspaces;
    private final DeletionApplier deletions;
    private final AgentApplier agents;
    private final RequestLedger requests;
    private final HistoryApplier history;
    private Overlay newest;

    Applier(Keys keys, Store store, ObjectCache cache, State state, Published published) {
        this.keys = keys;
        this.state = state;
        this.agents = new AgentApplier(state, published);
        this.requests = new RequestLedger(keys, store);
        TypeApplier types = new TypeApplier(state, keys, published.types());
        this.objects = new ObjectApplier(state, types, agents, requests);
        WorkspaceAnswers answers = new WorkspaceAnswers(requests);
        this.workspaces = new WorkspaceApplier(state, published.tree(), answers);
        this.deletions = new DeletionApplier(state, published.tree(), types, agents, answers);
        this.history = new HistoryApplier(state);
        this.newest = Overlay.over(keys, store, cache);
    }

    /** Starts a batch on top of the one before, which need not be durable yet. */
    Batch begin() {
        newest = newest.next();
        requests.next();
        return new Batch(keys, state, newest);
    }

    /** Closes a batch, which has all its commands. */
    Batch.Sealed seal(Batch batch) {
        if (!batch.isEmpty()) {
            requests.sweep(batch);
        }
        return batch.seal();
    }

    /**
     * Applies one command.
     *
     * @return what its caller is told once the batch is durable
     * @throws dev.proreus.workspace.RefusedException where it is refused; the batch is then as before
     */
    Object apply(Command command, Batch batch) {
        if (command instanceof Command.WriteObjects write) {
            return objects.apply(write, batch);
        }
        if (command instanceof Command.CreateWorkspace create) {
            return workspaces.create(create, batch);
        }
        if (command instanceof Command.DeleteWorkspace delete) {
            return deletions.delete(delete, batch);
        }
        if (command instanceof Command.UndeleteWorkspace undelete) {
            return deletions.undelete(undelete, batch);
        }
        if (command instanceof Command.EndWorkspace end) {
            deletions.end(end, batch);
            return Optional.empty();
        }
        if (command instanceof Command.EndObject end) {
            objects.end(end, batch);
            return Optional.empty();
        }
        if (command instanceof Command.OpenSession open) {
            return agents.open(open, batch);
        }
        if (command instanceof Command.ChangeClaims change) {
            agents.change(change, batch);
            return Optional.empty();
        }
        if (command instanceof Command.CloseSession close) {
            agents.close(close, batch);
            return Optional.empty();
        }
        if (command instanceof Command.RaiseFloor raise) {
            history.raise(raise, batch);
            return Optional.empty();
        }
        if (command instanceof Command.UpdateWorkspace update) {
            return workspaces.update(update, batch);
        }
        throw new IllegalStateException("a command of an unknown kind: " + command.getClass());
    }
}
