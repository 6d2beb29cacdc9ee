package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE;
import static dev.proreus.workspace.engine.EngineFixture.ROBOTS;
import static dev.proreus.workspace.engine.EngineFixture.at;
import static dev.proreus.workspace.engine.EngineFixture.await;
import static dev.proreus.workspace.engine.EngineFixture.refused;
import static dev.proreus.workspace.engine.EngineFixture.robotDefinition;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.MetaField;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writes that happen together, over any store: all at one revision, or none and no trace. */
abstract class WritesContract extends RobotsContract {
    @Test
    void atomicWritesHappenAtOneRevision() {
        Written old = fixture.write(create("old", 1));
        Written gone = fixture.write(create("gone", 1));
        Receipt receipt = together(
                create("new", 2),
                at(wish(UPDATE, acme, robots, "old", target(2)), "", old.revision(), "test", false),
                wish(APPLY, acme, robots, "applied", target(2)),
                wish(DELETE, acme, robots, "gone", null));
        assertThat(receipt.revision()).isEqualTo(gone.revision() + 1).isEqualTo(acme.revision());
        assertThat(receipt.list())
                .extracting(Written::outcome)
                .containsExactly(
                        Written.Outcome.CREATED,
                        Written.Outcome.UPDATED,
                        Written.Outcome.CREATED,
                        Written.Outcome.DELETED);
        assertThat(receipt.list()).extracting(Written::revision).containsOnly(receipt.revision());
        for (String name : List.of("new", "old", "applied")) {
            assertThat(fixture.get(acme, robots, name).metadata().resourceVersion())
                    .isEqualTo(receipt.revision());
        }
        assertThat(acme.objects()).isEqualTo(3);
    }

    @Test
    void aRefusalOfWritesTogetherHasTheViolationsOfAllOfThem() {
        fixture.write(create("taken", 1));
        ObjectWrite[] wishes = {
            create("r1", 1), define("a.example.com"), create("taken", 2), define("b.example.com"),
        };
        RefusedException refusal = refused(() -> together(wishes));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_OBJECT);
        assertThat(refusal.metadata()).containsEntry(Receipt.INDEX, "1");
        assertThat(refusal.violations())
                .extracting("field")
                .allMatch(field -> field.toString().matches("writes\\[[13]]\\.create\\.spec\\..*"));
        assertThat(refusal.violations())
                .extracting(each -> each.field().substring(0, "writes[1]".length()))
                .contains("writes[1]", "writes[3]");
        assertThat(refusal.text()).startsWith("writes[1].create: ");
    }

    private ObjectWrite define(String name) {
        return wish(CREATE, acme, SystemTypes.RESOURCE_TYPES, name, sections(Map.of()));
    }

    @Test
    void atomicRefusalLeavesNoTraceAndNamesItsWrite() {
        fixture.write(create("taken", 1));
        long before = acme.revision();
        RefusedException refusal = refused(() -> together(create("r1", 1), create("taken", 2), create("r2", 1)));
        assertThat(refusal.reason()).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(refusal.metadata()).containsEntry(Receipt.INDEX, "1").containsEntry("name", "taken");
        assertThat(acme.revision()).isEqualTo(before);
        assertThat(refused(() -> await(fixture.engine.get(acme, robots, "r1", 0)))
                        .reason())
                .isEqualTo(Reason.OBJECT_NOT_FOUND);
        assertThat(fixture.write(create("r1", 1)).revision()).isEqualTo(before + 1);
    }

    @Test
    void writesThatChangeNothingTakeNoRevision() {
        fixture.write(create("r1", 1));
        long before = acme.revision();
        Receipt same = together(wish(APPLY, acme, robots, "r1", target(1)));
        assertThat(same.revision()).isEqualTo(before).isEqualTo(acme.revision());
        Receipt mixed = together(wish(APPLY, acme, robots, "r1", target(1)), create("r2", 1));
        assertThat(mixed.list())
                .extracting(Written::outcome)
                .containsExactly(Written.Outcome.UNCHANGED, Written.Outcome.CREATED);
        assertThat(mixed.list()).extracting(Written::revision).containsExactly(before, before + 1);
    }

    @Test
    void boundedInCountAndOneObjectIsWrittenOnce() {
        assertThat(violation(() -> together()).field()).isEqualTo("writes");
        ObjectWrite[] tooMany = IntStream.rangeClosed(0, Limits.COMMAND_WRITES)
                .mapToObj(i -> create("r" + i, i))
                .toArray(ObjectWrite[]::new);
        assertThat(violation(() -> together(tooMany)).field()).isEqualTo("writes");
        FieldViolation twice =
                violation(() -> together(create("r1", 1), create("r2", 1), wish(DELETE, acme, robots, "r1", null)));
        assertThat(twice.field()).isEqualTo("writes[2]");
        assertThat(twice.description()).contains("writes[0]").contains("r1");
        assertThat(acme.revision()).isZero();
        Receipt most =
                together(List.of(tooMany).subList(0, Limits.COMMAND_WRITES).toArray(ObjectWrite[]::new));
        assertThat(most.list()).hasSize(Limits.COMMAND_WRITES);
        assertThat(acme.revision()).isEqualTo(1);
    }

    @Test
    void boundedInBytesAsTheyBecomeAndAsTheyWere() {
        String half = "x".repeat(Limits.COMMAND_BYTES / 2 - 1_000);
        List<ObjectWrite> halves = IntStream.range(0, 3)
                .mapToObj(i -> wish(CREATE, acme, robots, "r" + i, sections(Map.of("text", half))))
                .toList();
        assertThat(violation(() -> together(halves.toArray(ObjectWrite[]::new))).field())
                .isEqualTo("writes");
        assertThat(acme.revision()).isZero();
        halves.forEach(fixture::write);
        ObjectWrite[] deletes = IntStream.range(0, 3)
                .mapToObj(i -> wish(DELETE, acme, robots, "r" + i, null))
                .toArray(ObjectWrite[]::new);
        assertThat(violation(() -> together(deletes)).field()).isEqualTo("writes");
        assertThat(acme.objects()).isEqualTo(3);
        together(deletes[0], deletes[1]);
        assertThat(acme.objects()).isEqualTo(1);
    }

    @Test
    void aTypeAndObjectsOfItAreNotWrittenTogether() {
        TypeDefinition own = fixture.defineRobots("root:acme");
        ObjectWrite drop = wish(DELETE, acme, SystemTypes.RESOURCE_TYPES, ROBOTS, null);
        ObjectWrite object = wish(CREATE, acme, own, "r1", target(1));
        assertThat(violation(() -> together(drop, object)).field()).isEqualTo("writes");
        ObjectWrite change = wish(APPLY, acme, SystemTypes.RESOURCE_TYPES, ROBOTS, changedDefinition());
        assertThat(violation(() -> together(object, change)).field()).isEqualTo("writes");
        assertThat(acme.objects()).isEqualTo(1);
        together(drop, wish(CREATE, acme, robots, "r1", target(1)));
        assertThat(fixture.engine.types().resolve(acme, "robots")).isEqualTo(robots);
    }

    @Test
    void aNameThatWasMadeUpIsNotTakenTwiceInOneRequest() {
        ObjectSections nameless = target(1).withMetadata(MetaSections.EMPTY.with(MetaField.GENERATE_NAME, "robot-"));
        String next;
        try (EngineFixture same = new EngineFixture(new MemoryStore(), 7)) {
            Workspace there = same.create("root:acme");
            TypeDefinition type = same.defineRobots("root");
            next = ObjectSections.decode(
                            same.write(wish(CREATE, there, type, "", nameless)).object())
                    .metadata()
                    .name();
        }
        RefusedException refused = refused(
                () -> together(wish(CREATE, acme, robots, "", nameless), wish(CREATE, acme, robots, next, target(2))));
        assertThat(refused.reason()).isEqualTo(Reason.CONTENTION);
        assertThat(acme.objects()).isZero();
    }

    @Test
    void namesLeftToTheServerAreAllDifferent() {
        ObjectSections nameless = target(1).withMetadata(MetaSections.EMPTY.with(MetaField.GENERATE_NAME, "robot-"));
        ObjectWrite[] wishes = IntStream.range(0, 100)
                .mapToObj(i -> wish(CREATE, acme, robots, "", nameless))
                .toArray(ObjectWrite[]::new);
        Receipt receipt = together(wishes);
        assertThat(receipt.list())
                .extracting(written ->
                        ObjectSections.decode(written.object()).metadata().name())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("robot-[b-df-hj-np-tv-xz2456789]{5}"));
        assertThat(acme.objects()).isEqualTo(100);
    }

    private static ObjectSections changedDefinition() {
        Map<String, Object> changed = new java.util.HashMap<>(robotDefinition());
        changed.put("selectableFields", List.of("spec.target"));
        return sections(changed);
    }

    private Receipt together(ObjectWrite... wishes) {
        return await(fixture.engine.write(new ObjectWrites(acme.id(), List.of(wishes), true, false, null)));
    }

    private ObjectWrite create(String name, int target) {
        return wish(CREATE, acme, robots, name, target(target));
    }

    private static ObjectSections target(int target) {
        return sections(Map.of("target", target));
    }

    private static FieldViolation violation(java.util.function.Supplier<?> call) {
        RefusedException refusal = refused(call);
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal.violations()).hasSize(1);
        return refusal.violations().get(0);
    }
}
