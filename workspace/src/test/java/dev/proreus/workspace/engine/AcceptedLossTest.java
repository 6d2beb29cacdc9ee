package dev.proreus.workspace.engine;

import static dev.proreus.workspace.engine.EngineFixture.refusal;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where an operator accepts that commits are lost, nobody goes on from a position in what was. */
@Timeout(120)
class AcceptedLossTest {
    private static final String WANTED = "everything";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private RocksDbStore store;
    private EngineFixture fixture;
    private int starts;

    @BeforeEach
    void open() {
        store = RocksDbStore.open(folder, RocksDbSettings.defaults(), failure -> {
            throw failure;
        });
        fixture = new EngineFixture(store, ++starts);
    }

    @AfterEach
    void close() {
        fixture.close();
        store.close();
    }

    private Workspace acme() {
        return fixture.workspace("root:acme");
    }

    private TypeDefinition robots() {
        return fixture.engine.types().resolve(acme(), "robots");
    }

    private void apply(int target) {
        fixture.write(wish(ObjectWrite.Verb.APPLY, acme(), robots(), "r1", sections(Map.of("target", target))));
    }

    /** Damages the end of RocksDB's log, which it takes for a write that never happened. */
    private void loseTheLastCommit() throws IOException {
        Path log;
        try (Stream<Path> files = Files.list(folder.resolve("rocksdb"))) {
            log = files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> file.toFile().length() > 0)
                    .findAny()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length - 3] ^= 1;
        Files.write(log, bytes);
    }

    @Test
    void whoeverGoesOnFromAPositionOfBeforeStartsOver() throws IOException {
        fixture.create("root:acme");
        fixture.defineRobots("root");
        apply(1);
        Claim claim = new Claim(robots().id(), Claim.Kind.WHOLE_TYPE, "");
        UUID incarnation = acme().incarnation();
        String token = fixture.engine.resumeToken(
                acme(), robots(), WANTED, fixture.workspace("root").revision());
        assertThat(fixture.engine.resume(acme(), robots(), WANTED, token)).isInstanceOf(WatchStart.After.class);
        apply(2);
        close();
        loseTheLastCommit();
        assertThatExceptionOfType(StoreOpenException.class)
                .isThrownBy(this::open)
                .withMessageContaining("has lost commits that were durable");
        Files.writeString(folder.resolve("HIGHWATER.proreus"), "accept");
        open();

        assertThat(acme().revision()).isEqualTo(1);
        apply(3);
        assertThat(acme().revision()).as("given again").isEqualTo(2);
        assertThat(acme().incarnation()).isNotEqualTo(incarnation);
        assertThat(fixture.engine.resume(acme(), claim, 2, incarnation.toString()))
                .isEqualTo(new WatchStart.InitialState());
        assertThat(refusal(() -> fixture.engine.resume(acme(), robots(), WANTED, token)))
                .isEqualTo(Reason.INCARNATION_CHANGED);

        UUID renewed = acme().incarnation();
        String next = fixture.engine.resumeToken(acme(), robots(), WANTED, 1);
        close();
        open();
        assertThat(acme().incarnation()).as("once is enough").isEqualTo(renewed);
        assertThat(fixture.engine.resume(acme(), robots(), WANTED, next)).isInstanceOf(WatchStart.After.class);
    }
}
