package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.engine.EngineFixture.ROBOTS;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Nobody sees a definition of which the published revision knows nothing yet, nor one that it has passed. */
class DefinitionsInOrderTest {
    private static final int CHANGES = 300;

    @Test
    void aDefinitionAndTheRevisionThatMadeItAreSeenTogether() {
        try (EngineFixture fixture = new EngineFixture(new MemoryStore(), 7)) {
            Workspace acme = fixture.create("root:acme");
            fixture.defineRobots("root:acme");
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Long> looks = CompletableFuture.supplyAsync(() -> look(fixture, acme, done));
            for (int change = 0; change < CHANGES; change++) {
                Map<String, Object> spec = new HashMap<>(EngineFixture.robotDefinition());
                spec.put("printColumns", List.of(Map.of("name", "C" + change, "path", "spec.target")));
                fixture.write(wish(APPLY, acme, SystemTypes.RESOURCE_TYPES, ROBOTS, sections(spec)));
            }
            done.set(true);
            assertThat(looks.join()).isPositive();
            assertThat(acme.revision()).isEqualTo(CHANGES + 1);
        }
    }

    /** Each change of the definition is one revision, so its version and the revision are the same number. */
    private static long look(EngineFixture fixture, Workspace acme, AtomicBoolean done) {
        long looks = 0;
        while (!done.get()) {
            long before = acme.revision();
            TypeDefinition robots = fixture.engine.types().resolve(acme, ROBOTS);
            long after = acme.revision();
            assertThat(robots.version()).isBetween(before, after);
            looks++;
        }
        return looks;
    }
}
