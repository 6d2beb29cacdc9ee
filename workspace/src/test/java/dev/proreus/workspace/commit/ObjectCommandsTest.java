package dev.proreus.workspace.commit;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE_STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.cache.NewestObject;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.canonical.StructWriter;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the verbs leave of an object and tell watches of it, and how they refuse. */
class ObjectCommandsTest {
    private static final String ROBOTS = "robots.fleet.example.com";
    private static final String DOCK = "fleet.example.com/dock";

    private final StateMachine machine = new StateMachine();
    private final TypeDefinition robots = define();

    @Test
    void applyKeepsWhatItDoesNotGiveAndUpdateReplacesIt() {
        MetaSections given = MetaSections.EMPTY
                .withLabels(Map.of("site", "berlin"))
                .withAnnotations(Map.of("note", "x"))
                .withFinalizers(List.of(DOCK));
        write(CREATE, "r1", object(1, given));
        MetaSections applied = written(write(APPLY, "r1", object(2, MetaSections.EMPTY)));
        assertThat(applied.labelMap()).isEmpty();
        assertThat(applied.annotationMap()).containsEntry("note", "x");
        assertThat(applied.finalizerNames()).containsExactly(DOCK);
        MetaSections replaced = written(write(UPDATE, "r1", object(2, MetaSections.EMPTY)));
        assertThat(replaced.annotationMap()).isEmpty();
        assertThat(replaced.finalizerNames()).isEmpty();
    }

    @Test
    void applyGivesNewAnnotationsAndFinalizersForOld() {
        write(CREATE, "r1", object(1, MetaSections.EMPTY.withAnnotations(Map.of("a", "1"))));
        MetaSections given =
                MetaSections.EMPTY.withAnnotations(Map.of("b", "2")).withFinalizers(List.of(DOCK));
        MetaSections applied = written(write(APPLY, "r1", object(1, given)));
        assertThat(applied.annotationMap()).isEqualTo(Map.of("b", "2"));
        assertThat(applied.finalizerNames()).containsExactly(DOCK);
        assertThat(applied.generation()).as("the spec is as it was").isEqualTo(1);
    }

    @Test
    void watchesAreToldWhichSectionsAWriteChanged() {
        write(CREATE, "r1", object(1, MetaSections.EMPTY));
        assertThat(sections()).isEqualTo(Sections.METADATA | Sections.SPEC | Sections.STATUS);
        write(APPLY, "r1", object(2, MetaSections.EMPTY));
        assertThat(sections()).isEqualTo(Sections.SPEC);
        MetaSections labelled = MetaSections.EMPTY.withLabels(Map.of("site", "berlin"));
        write(APPLY, "r1", object(2, labelled));
        assertThat(sections()).isEqualTo(Sections.METADATA);
        write(APPLY, "r1", object(3, MetaSections.EMPTY));
        assertThat(sections()).isEqualTo(Sections.METADATA | Sections.SPEC);
        write(UPDATE_STATUS, "r1", status(3));
        assertThat(sections()).isEqualTo(Sections.STATUS);
    }

    @Test
    void watchesAreToldTheStateBeforeOfWhatIsModifiedAlone() {
        ByteString made = write(CREATE, "r1", object(1, MetaSections.EMPTY)).object();
        assertThat(machine.publications(Change.class).get(0).previous()).isNull();
        write(APPLY, "r1", object(2, MetaSections.EMPTY));
        assertThat(machine.publications(Change.class).get(0).previous()).isEqualTo(made);
        write(DELETE, "r1", null);
        assertThat(machine.publications(Change.class).get(0).previous()).isNull();
    }

    /** The newest events and objects are held by the ten thousand, and each is copied as long as it is young. */
    @Test
    void whatNoWriteChangesIsHeldOnceForAllVersions() {
        write(CREATE, new String("r1"), object(1, MetaSections.EMPTY));
        Change first = machine.publications(Change.class).get(0);
        NewestObject made = newest("r1");
        write(APPLY, new String("r1"), object(2, MetaSections.EMPTY));
        Change second = machine.publications(Change.class).get(0);
        assertThat(second.now()).isSameAs(second.before()).isSameAs(first.now());
        assertThat(second.name()).isSameAs(first.name());
        assertThat(newest("r1").owners()).isSameAs(made.owners());
        assertThat(newest("r1").seen()).isNotNull().isSameAs(made.seen());
    }

    private NewestObject newest(String name) {
        return Objects.requireNonNull(machine.cache.find(1, robots.id(), name));
    }

    @Test
    void aNameThatIsTakenIsNotMadeUpAsLongAsThereAreOthersToTry() {
        ObjectSections job = object(1, generated("job-"));
        UUID chance = new UUID(3, 3);
        for (int attempt = 0; attempt < GeneratedName.TRIES; attempt++) {
            assertThat(written(write(CREATE, "", job)).name()).isEqualTo(GeneratedName.after("job-", chance, attempt));
        }
        assertThat(refused(CREATE, "", job).reason()).isEqualTo(Reason.ALREADY_EXISTS);
    }

    private static MetaSections generated(String prefix) {
        ByteString bytes = dev.proreus.v1.Object.newBuilder()
                .setMetadata(dev.proreus.v1.ObjectMeta.newBuilder().setGenerateName(prefix))
                .build()
                .toByteString();
        return ObjectSections.decode(bytes).metadata();
    }

    @Test
    void aReportMayObserveTheGenerationThatIsThereAndNoneAheadOfIt() {
        write(CREATE, "r1", object(1, MetaSections.EMPTY));
        write(APPLY, "r1", object(2, MetaSections.EMPTY));
        RefusedException ahead = refused(UPDATE_STATUS, "r1", status(3));
        assertThat(ahead.reason()).isEqualTo(Reason.INVALID_OBJECT);
        assertThat(ahead.violations()).extracting("field").containsExactly("status.observedGeneration");
        assertThat(write(UPDATE_STATUS, "r1", status(2)).outcome()).isEqualTo(Written.Outcome.UPDATED);
        assertThat(write(UPDATE_STATUS, "r1", status(2)).outcome()).isEqualTo(Written.Outcome.UNCHANGED);
    }

    @Test
    void aReportOfAnotherThanTheDriverIsRefusedAndNamesTheDriver() {
        write(CREATE, "r1", object(1, MetaSections.EMPTY));
        SessionGrant grant = session("a");
        RefusedException uncovered = refused(report("a", grant.epoch()));
        assertThat(uncovered.reason()).isEqualTo(Reason.NOT_DRIVER);
        assertThat(uncovered.metadata()).containsEntry("driver", "");
        assertThat(uncovered.text()).startsWith("no claim of yours covers r1");
        SessionGrant driver = session("b", new Claim(robots.id(), Claim.Kind.NAME, "r1"));
        RefusedException covered = refused(report("a", grant.epoch()));
        assertThat(covered.metadata()).containsEntry("name", "r1").containsEntry("driver", "b");
        assertThat(covered.text()).contains("written by its driver, agent b");
        assertThat(refused(UPDATE_STATUS, "r1", status(1)).reason())
                .as("a person's")
                .isEqualTo(Reason.NOT_DRIVER);
        RefusedException old = refused(report("b", driver.epoch() - 1));
        assertThat(old.reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(old.text()).contains("epoch " + driver.epoch() + " after " + (driver.epoch() - 1));
        machine.apply(report("b", driver.epoch()));
        assertThat(machine.publications(Change.class))
                .singleElement()
                .extracting(Change::reporterEpoch)
                .isEqualTo(driver.epoch());
        assertThat(refused(report("c", 1)).text()).startsWith("the Agent object c was deleted");
    }

    @Test
    void whereThereIsNoneToReplaceTheRefusalSaysToCreateItAndWhereThereIsNoneToReportOfItDoesNot() {
        for (ObjectWrite.Verb verb : List.of(UPDATE, DELETE, UPDATE_STATUS)) {
            ObjectSections object = verb == DELETE ? null : verb == UPDATE ? object(1, MetaSections.EMPTY) : status(1);
            RefusedException refusal = refused(verb, "none", object);
            assertThat(refusal.reason()).isEqualTo(Reason.OBJECT_NOT_FOUND);
            assertThat(refusal.metadata())
                    .containsEntry("name", "none")
                    .containsEntry("workspace", "root")
                    .containsEntry("type", ROBOTS);
            assertThat(refusal.text().contains("create it, or ")).isEqualTo(verb == UPDATE);
        }
        ObjectWrite known = wish(APPLY, "none", object(1, MetaSections.EMPTY), new UUID(7, 7).toString(), 0);
        assertThat(refused(known).text()).contains("create it, or ");
        ObjectWrite versioned = wish(APPLY, "none", object(1, MetaSections.EMPTY), "", 7);
        assertThat(refused(versioned).reason())
                .as("what must be there is not created")
                .isEqualTo(Reason.OBJECT_NOT_FOUND);
    }

    private TypeDefinition define() {
        Map<String, Object> spec = Map.of(
                "group",
                "fleet.example.com",
                "names",
                Map.of("plural", "robots", "singular", "robot", "kind", "Robot"),
                "versions",
                List.of(Map.of("name", "v1")));
        ObjectSections object = new ObjectSections("", "", MetaSections.EMPTY, StructWriter.write(spec), null);
        machine.apply(command(new ObjectWrite(
                CREATE, 1, SystemTypes.RESOURCE_TYPES.id(), 0, ROBOTS, object, "", 0, "test", false, null)));
        return machine.published.types().resolve(machine.root(), "robots");
    }

    private SessionGrant session(String agent, Claim... claims) {
        return (SessionGrant) machine.apply(new Command.OpenSession(
                1, agent, "i1", "test", List.of(claims), new UUID(9, agent.hashCode()), StateMachine.NOW));
    }

    private Command report(String agent, long epoch) {
        return command(new ObjectWrite(
                UPDATE_STATUS, 1, robots.id(), 0, "r1", status(1), "", 0, "test", false, new Fence(1, agent, epoch)));
    }

    private Written write(ObjectWrite.Verb verb, String name, @Nullable ObjectSections object) {
        Receipt receipt = (Receipt) machine.apply(command(wish(verb, name, object, "", 0)));
        return receipt.list().get(0);
    }

    private RefusedException refused(ObjectWrite.Verb verb, String name, @Nullable ObjectSections object) {
        return refused(wish(verb, name, object, "", 0));
    }

    private RefusedException refused(ObjectWrite wish) {
        return refused(command(wish));
    }

    private RefusedException refused(Command command) {
        return Objects.requireNonNull(catchThrowableOfType(RefusedException.class, () -> machine.apply(command)));
    }

    private ObjectWrite wish(
            ObjectWrite.Verb verb, String name, @Nullable ObjectSections object, String uid, long resourceVersion) {
        return new ObjectWrite(verb, 1, robots.id(), 0, name, object, uid, resourceVersion, "test", false, null);
    }

    private static Command command(ObjectWrite wish) {
        return Command.WriteObjects.of(ObjectWrites.of(wish), List.of(new UUID(3, 3)), StateMachine.NOW);
    }

    private int sections() {
        return machine.publications(Change.class).get(0).sections();
    }

    private static MetaSections written(Written written) {
        return ObjectSections.decode(written.object()).metadata();
    }

    private static ObjectSections object(int target, MetaSections metadata) {
        return new ObjectSections("", "", metadata, StructWriter.write(Map.of("target", target)), null);
    }

    private static ObjectSections status(long observed) {
        StatusSections status =
                new StatusSections(StructWriter.write(Map.of("position", 3)), OptionalLong.of(observed), List.of());
        return new ObjectSections("", "", MetaSections.EMPTY, null, status);
    }
}
