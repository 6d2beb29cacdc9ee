package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.cache.NewestObject;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In which order readers see a revision and what it made of objects. */
class ShownObjectsTest {
    private final StateMachine machine = new StateMachine();

    /** Serial: who has seen the revision of a write and finds the object in the cache finds it so, or newer. */
    @Test
    void theCacheHasWhatABatchMadeBeforeItsRevisionIsSeen() {
        Workspace root = machine.root();
        long before = root.revision();
        Batch.Sealed sealed = machine.durable(
                new Command.OpenSession(root.id(), "a", "i1", "test", List.of(), new UUID(2, 2), StateMachine.NOW));
        assertThat(machine.cache.find(root.id(), SystemTypes.AGENTS.id(), "a"))
                .as("before it is durable")
                .isNull();
        sealed.effects().forEach(Runnable::run);
        assertThat(root.revision()).isEqualTo(before);
        NewestObject shown = machine.cache.find(root.id(), SystemTypes.AGENTS.id(), "a");
        assertThat(Objects.requireNonNull(shown).head().revision()).isEqualTo(before + 1);
        machine.published.raise(
                sealed,
                publications -> assertThat(
                                machine.published.tree().at(WorkspacePath.ROOT).revision())
                        .isEqualTo(before + 1));
    }
}
