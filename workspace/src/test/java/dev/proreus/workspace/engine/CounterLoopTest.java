package dev.proreus.workspace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Usage;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counters are held against what is counted while the store is in use; what differs ends the process. */
class CounterLoopTest {
    private static final Keys KEYS = Keys.ofShard(0);
    private static final int OBJECTS = 700;

    private final MemoryStore store = new MemoryStore();
    private final List<RuntimeException> failures = new ArrayList<>();
    private EngineFixture fixture;
    private Workspace acme;
    private TypeDefinition robots;

    @BeforeEach
    void open() {
        fixture = EngineFixture.telling(store, 1, failures::add);
        acme = fixture.create("root:acme");
        robots = fixture.defineRobots("root");
        write(0, OBJECTS);
    }

    @AfterEach
    void close() {
        fixture.close();
        store.close();
    }

    private void write(int from, int to) {
        for (int i = from; i < to; i++) {
            fixture.write(EngineFixture.wish(
                    ObjectWrite.Verb.APPLY, acme, robots, "r" + i, EngineFixture.sections(Map.of("target", i))));
        }
    }

    /** Runs steps until a pass is over; what is written between them is written by {@code meanwhile}. */
    private int pass(Runnable meanwhile) {
        int steps = 0;
        do {
            fixture.checker.runNext();
            meanwhile.run();
            steps++;
        } while (failures.isEmpty() && fixture.checker.nextDelay().compareTo(Duration.ofMinutes(1)) < 0);
        return steps;
    }

    @Test
    void aPassOverASoundStoreFindsNothingAndRestsOften() {
        assertThat(pass(() -> {})).isGreaterThan(OBJECTS / 256);
        assertThat(failures).isEmpty();
        assertThat(pass(() -> {})).as("and again").isGreaterThan(1);
    }

    @Test
    void whatIsWrittenMeanwhileIsNotCounted() {
        int[] next = {OBJECTS};
        pass(() -> {
            write(next[0], next[0] + 3);
            write(0, 3);
            fixture.write(EngineFixture.wish(ObjectWrite.Verb.DELETE, acme, robots, "r" + next[0], null));
            next[0] += 3;
        });
        assertThat(failures).isEmpty();
    }

    @Test
    void whatLosesItsPastMeanwhileIsLeftToTheNextPass() {
        pass(() -> {
            write(0, 50);
            fixture.pass(Duration.ofHours(3));
            fixture.trim();
        });
        assertThat(failures).isEmpty();
    }

    @Test
    void aWrongCounterEndsTheProcess() {
        WorkspaceRow row =
                WorkspaceRow.decode(Objects.requireNonNull(store.get(Table.META, KEYS.workspace(acme.id()))));
        Usage counts = row.counts();
        WorkspaceRow wrong = new WorkspaceRow(
                row.identity(),
                row.life(),
                row.revision(),
                new Usage(counts.objects(), counts.bytes() - 1, counts.finalizers()),
                row.history(),
                row.claimsFreed(),
                row.rulesVersion(),
                row.quotas());
        StoreBatch batch = new StoreBatch();
        batch.put(Table.META, KEYS.workspace(acme.id()), wrong.encode());
        store.write(batch);

        pass(() -> {});

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("the counters of workspace root:acme at revision " + OBJECTS)
                        .hasMessageContaining("counted are " + OBJECTS));
    }

    @Test
    void aDamagedVersionEndsTheProcess() {
        byte[] key = KEYS.version(acme.id(), robots.id(), "r300", 301);
        byte[] row = Objects.requireNonNull(store.get(Table.VERSION, key)).clone();
        row[20] ^= 1;
        StoreBatch batch = new StoreBatch();
        batch.put(Table.VERSION, key, row);
        store.write(batch);

        pass(() -> {});

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("crc"));
    }
}
