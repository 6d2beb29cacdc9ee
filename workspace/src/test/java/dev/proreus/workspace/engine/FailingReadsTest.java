package dev.proreus.workspace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.StoreFailedException;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A background loop that cannot read the store ends the process: else it would be missing, and nobody would know. */
class FailingReadsTest {
    private final StoreException unreadable = new StoreFailedException("the test made it fail", null);

    private final TrickyStore store = new TrickyStore(new MemoryStore());
    private final List<RuntimeException> failures = new ArrayList<>();
    private EngineFixture fixture;

    @BeforeEach
    void open() {
        fixture = EngineFixture.telling(store, 1, failures::add);
    }

    @AfterEach
    void close() {
        fixture.close();
        store.close();
    }

    private void failNext(StoreException failure) {
        store.interruptAfter(0, () -> {
            throw failure;
        });
    }

    @Test
    void historyThatCannotBeReadEndsTheProcess() {
        failNext(unreadable);
        fixture.beginTrimStep();
        assertThat(store.interruptionWaits()).isFalse();
        assertThat(failures).containsExactly(unreadable);
    }

    @Test
    void deletionsThatCannotBeReadEndTheProcess() {
        deleteWhatHasFinalizers();
        failNext(unreadable);
        fixture.beginDeletionStep();
        assertThat(store.interruptionWaits()).isFalse();
        assertThat(failures).containsExactly(unreadable);
    }

    @Test
    void aStoreThatIsClosedIsNoFailure() {
        deleteWhatHasFinalizers();
        failNext(new StoreClosedException("the store"));
        fixture.beginDeletionStep();
        failNext(new StoreClosedException("the store"));
        fixture.beginTrimStep();
        assertThat(store.interruptionWaits()).isFalse();
        assertThat(failures).isEmpty();
    }

    private void deleteWhatHasFinalizers() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        MetaSections metadata = MetaSections.EMPTY.withFinalizers(List.of("dock.example.com/leave"));
        fixture.write(EngineFixture.wish(
                ObjectWrite.Verb.CREATE,
                acme,
                robots,
                "r1",
                EngineFixture.sections(Map.of("target", 1)).withMetadata(metadata)));
        EngineFixture.await(fixture.engine.deleteWorkspace(acme.path(), WorkspaceDeletion.after(Duration.ZERO), null));
    }
}
