package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE_STATUS;
import static dev.proreus.workspace.engine.EngineFixture.ROBOTS;
import static dev.proreus.workspace.engine.EngineFixture.at;
import static dev.proreus.workspace.engine.EngineFixture.refused;
import static dev.proreus.workspace.engine.EngineFixture.robotDefinition;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.status;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Objects that finalizers keep, over any store. */
abstract class FinalizersContract extends RobotsContract {
    private static final String DOCK = "fleet.example.com/dock";
    private static final String BILL = "billing.example.com/close";

    @Test
    void deleteMarksWhatFinalizersKeepAndTheLastOneTakesItAway() {
        fixture.write(wish(CREATE, acme, robots, "r1", finalized(1, DOCK, BILL)));
        assertThat(finalizersCounted()).isEqualTo(2);
        Written marked = fixture.write(wish(DELETE, acme, robots, "r1", null));
        ObjectSections dying = fixture.get(acme, robots, "r1");
        assertThat(marked.outcome()).isEqualTo(Written.Outcome.UPDATED);
        assertThat(marked.object()).isEqualTo(dying.encode());
        assertThat(dying.metadata().deletion()).isNotNull();
        assertThat(dying.metadata().generation()).isEqualTo(2);
        assertThat(dying.metadata().finalizerNames()).containsExactly(DOCK, BILL);
        Written again = fixture.write(wish(DELETE, acme, robots, "r1", null));
        assertThat(again.outcome()).isEqualTo(Written.Outcome.UNCHANGED);
        assertThat(acme.revision()).isEqualTo(2);
        Written less = update(dying, finalized(1, BILL));
        assertThat(less.outcome()).isEqualTo(Written.Outcome.UPDATED);
        assertThat(finalizersCounted()).isEqualTo(1);
        Written gone = update(ObjectSections.decode(less.object()), sections(Map.of("target", 5)));
        assertThat(gone.outcome()).isEqualTo(Written.Outcome.DELETED);
        assertThat(gone.object()).isEqualTo(less.object());
        assertThat(gone.revision()).isEqualTo(4).isEqualTo(acme.revision());
        assertThat(refused(() -> EngineFixture.await(fixture.engine.get(acme, robots, "r1", 0)))
                        .reason())
                .isEqualTo(Reason.OBJECT_NOT_FOUND);
        assertThat(finalizersCounted()).isZero();
        assertThat(acme.objects()).isZero();
    }

    @Test
    void whileItIsBeingDeletedNoFinalizerIsAddedAndTheNameIsTaken() {
        fixture.write(wish(CREATE, acme, robots, "r1", finalized(1, DOCK)));
        fixture.write(wish(DELETE, acme, robots, "r1", null));
        RefusedException added =
                refused(() -> fixture.write(wish(APPLY, acme, robots, "r1", finalized(1, DOCK, BILL))));
        assertThat(added.reason()).isEqualTo(Reason.INVALID_OBJECT);
        assertThat(added.violations()).singleElement().extracting("field").isEqualTo("metadata.finalizers");
        assertThat(refused(() -> fixture.write(wish(CREATE, acme, robots, "r1", finalized(1))))
                        .reason())
                .isEqualTo(Reason.ALREADY_EXISTS);
        Written spec = fixture.write(wish(APPLY, acme, robots, "r1", sections(Map.of("target", 9))));
        assertThat(spec.outcome()).isEqualTo(Written.Outcome.UPDATED);
        fixture.write(wish(UPDATE_STATUS, acme, robots, "r1", status(Map.of("position", 3))));
        assertThat(fixture.get(acme, robots, "r1").metadata().finalizerNames()).containsExactly(DOCK);
    }

    @Test
    void applyKeepsFinalizersUnlessItGivesSomeAndUpdateReplacesThem() {
        fixture.write(wish(APPLY, acme, robots, "r1", finalized(1, DOCK)));
        Written kept = fixture.write(wish(APPLY, acme, robots, "r1", finalized(1)));
        assertThat(kept.outcome()).isEqualTo(Written.Outcome.UNCHANGED);
        Written given = fixture.write(wish(APPLY, acme, robots, "r1", finalized(1, BILL)));
        assertThat(names(given)).containsExactly(BILL);
        Written cleared = update(ObjectSections.decode(given.object()), finalized(1));
        assertThat(names(cleared)).isEmpty();
        assertThat(cleared.outcome()).isEqualTo(Written.Outcome.UPDATED);
        assertThat(fixture.write(wish(DELETE, acme, robots, "r1", null)).outcome())
                .isEqualTo(Written.Outcome.DELETED);
    }

    @Test
    void aDeletionTimestampIsTheServersAlone() {
        MetaSections metadata = MetaSections.EMPTY.withDeletion(java.time.Instant.EPOCH);
        Written made = fixture.write(
                wish(CREATE, acme, robots, "r1", sections(Map.of()).withMetadata(metadata)));
        assertThat(ObjectSections.decode(made.object()).metadata().deletion()).isNull();
    }

    @Test
    void anObjectAsLargeAsAnyMayBeCanBeDeleted() {
        int bytes = fixture.write(wish(CREATE, acme, robots, "r0", padded(0)))
                .object()
                .size();
        int room = Limits.OBJECT_BYTES - bytes - 8;
        Written largest = fixture.write(wish(CREATE, acme, robots, "r1", padded(room)));
        assertThat(largest.object().size()).isBetween(Limits.OBJECT_BYTES - 16, Limits.OBJECT_BYTES);
        Written marked = fixture.write(wish(DELETE, acme, robots, "r1", null));
        assertThat(marked.outcome()).isEqualTo(Written.Outcome.UPDATED);
        ObjectSections freed = padded(room).withMetadata(MetaSections.EMPTY);
        assertThat(update(ObjectSections.decode(marked.object()), freed).outcome())
                .isEqualTo(Written.Outcome.DELETED);
    }

    private static ObjectSections padded(int bytes) {
        return sections(Map.of("text", "x".repeat(bytes)))
                .withMetadata(MetaSections.EMPTY.withFinalizers(List.of(DOCK)));
    }

    @Test
    void aUsedTypeIsNotEvenMarked() {
        fixture.defineRobots("root:acme");
        fixture.write(wish(
                APPLY,
                acme,
                SystemTypes.RESOURCE_TYPES,
                ROBOTS,
                sections(robotDefinition()).withMetadata(MetaSections.EMPTY.withFinalizers(List.of(DOCK)))));
        TypeDefinition own = fixture.engine.types().resolve(acme, "robots");
        fixture.write(wish(CREATE, acme, own, "r1", finalized(1)));
        assertThat(refused(() -> fixture.write(wish(DELETE, acme, SystemTypes.RESOURCE_TYPES, ROBOTS, null)))
                        .reason())
                .isEqualTo(Reason.TYPE_IN_USE);
    }

    private Written update(ObjectSections read, ObjectSections wanted) {
        ObjectWrite wish = wish(UPDATE, acme, robots, "r1", wanted);
        return fixture.write(at(wish, "", read.metadata().resourceVersion(), "test", false));
    }

    private long finalizersCounted() {
        byte[] row = store.get(Table.META, Keys.ofShard(0).workspace(acme.id()));
        return WorkspaceRow.decode(Objects.requireNonNull(row)).counts().finalizers();
    }

    private static List<String> names(Written written) {
        return ObjectSections.decode(written.object()).metadata().finalizerNames();
    }

    private static ObjectSections finalized(int target, String... finalizers) {
        return sections(Map.of("target", target)).withMetadata(MetaSections.EMPTY.withFinalizers(List.of(finalizers)));
    }
}
