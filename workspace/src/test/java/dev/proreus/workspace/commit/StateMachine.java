package dev.proreus.workspace.commit;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentRecord;
import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rows.StoreFormat;
import dev.proreus.workspace.tree.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state machine over a fresh memory store, without the committer's threads: each command is a batch. */
final class StateMachine {
    static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);

    final Store store = new MemoryStore();
    final Keys keys = Keys.ofShard(0);
    final Loaded loaded = Loaded.from(
            keys, store, StoreFormat.establish(store, new SplittableRandom(1)), Map.of(), NOW, () -> new UUID(1, 1));
    final Published published = loaded.published();
    final ObjectCache cache = new ObjectCache(1 << 20, Instrumentation.none());
    private final Applier applier = new Applier(keys, store, cache, loaded.state(), published);
    private List<Publication> publications = List.of();

    Workspace root() {
        return published.tree().at(WorkspacePath.ROOT);
    }

    /** Applies a command, and makes what it did durable and seen. */
    Object apply(Command command) {
        Batch batch = applier.begin();
        Object result = applier.apply(command, batch);
        seal(batch);
        return result;
    }

    /** Applies a command and makes what it did durable; returns the batch that it made, of which nobody is told. */
    Batch.Sealed durable(Command command) {
        Batch batch = applier.begin();
        applier.apply(command, batch);
        Batch.Sealed sealed = applier.seal(batch);
        store.write(sealed.rows());
        return sealed;
    }

    /** Applies a command as the other does; returns the batch that it made. */
    Batch.Sealed sealed(Command command) {
        Batch batch = applier.begin();
        applier.apply(command, batch);
        return seal(batch);
    }

    private Batch.Sealed seal(Batch batch) {
        publications = List.of();
        Batch.Sealed sealed = applier.seal(batch);
        if (!sealed.isEmpty()) {
            store.write(sealed.rows());
            published.raise(sealed, list -> publications = list);
        }
        return sealed;
    }

    /** Returns what the last command published; nothing where it wrote nothing. */
    List<Publication> publications() {
        return publications;
    }

    /** Returns what of a kind the last command published. */
    <P extends Publication> List<P> publications(Class<P> kind) {
        return publications.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Nullable
    AgentRecord agent(String name) {
        return published.agents().agent(root().id(), name);
    }
}
