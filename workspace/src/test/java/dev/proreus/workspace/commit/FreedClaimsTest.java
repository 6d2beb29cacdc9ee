package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rows.StoreFormat;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In which order readers see that a claim is given up. */
class FreedClaimsTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);
    private static final Claim CLAIM = new Claim(SystemTypes.RESOURCE_TYPES.id(), Claim.Kind.NAME, "r1");

    /** Who looks in between must not take the filter of now for that of before. */
    @Test
    void thatAClaimIsGoneIsSeenWithTheRevisionAtWhichItWent() {
        Store store = new MemoryStore();
        Keys keys = Keys.ofShard(0);
        SplittableRandom random = new SplittableRandom(1);
        Loaded loaded =
                Loaded.from(keys, store, StoreFormat.establish(store, random), Map.of(), NOW, () -> new UUID(1, 1));
        Published published = loaded.published();
        Applier applier =
                new Applier(keys, store, new ObjectCache(0, Instrumentation.none()), loaded.state(), published);
        Workspace root = published.tree().at(WorkspacePath.ROOT);

        SessionGrant grant = (SessionGrant) commit(
                applier, new Command.OpenSession(root.id(), "a", "i1", "test", List.of(CLAIM), new UUID(2, 2), NOW));
        assertThat(published.agents().claims(root.id(), CLAIM.typeId()).holder(CLAIM))
                .isEqualTo("a");
        assertThat(root.claimsFreed()).isZero();

        commit(applier, new Command.ChangeClaims(new Fence(root.id(), "a", grant.epoch()), null, CLAIM, NOW));
        assertThat(published.agents().claims(root.id(), CLAIM.typeId()).holder(CLAIM))
                .isNull();
        assertThat(root.claimsFreed()).isEqualTo(2);
    }

    /** Applies a command, and does what is done before the revisions are raised for readers. */
    private static Object commit(Applier applier, Command command) {
        Batch batch = applier.begin();
        Object result = applier.apply(command, batch);
        applier.seal(batch).effects().forEach(Runnable::run);
        return result;
    }
}
