package dev.proreus.workspace.engine;

import static dev.proreus.workspace.canonical.WriteRule.AT_CREATION;
import static dev.proreus.workspace.canonical.WriteRule.REPLACED;
import static dev.proreus.workspace.canonical.WriteRule.REPLACED_WHERE_GIVEN;
import static dev.proreus.workspace.canonical.WriteRule.SERVER;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.workspace.canonical.Canonicalizer;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.WriteRule;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What Create, Update and Apply make of every field of metadata that a write can give, which is what the protocol says.
 * Fields are set and compared by their descriptors, so that one is missed here which a write forgets.
 */
class MetadataRulesTest extends RobotsContract {
    private static final Map<String, WriteRule> PROMISED = Map.ofEntries(
            entry("name", AT_CREATION),
            entry("uid", SERVER),
            entry("resource_version", SERVER),
            entry("generation", SERVER),
            entry("labels", REPLACED),
            entry("annotations", REPLACED_WHERE_GIVEN),
            entry("creation_timestamp", SERVER),
            entry("deletion_timestamp", SERVER),
            entry("finalizers", REPLACED_WHERE_GIVEN),
            entry("owner_references", AT_CREATION));

    /** One that a name makes void, and one that nobody may give. */
    private static final Set<String> NEVER_STORED = Set.of("generate_name", "namespace");

    /** What the server sets on objects that are being deleted, and on no other. */
    private static final Set<String> EMPTY_WHILE_IT_LIVES = Set.of("deletion_timestamp");

    private static final ObjectMeta A = given("a");
    private static final ObjectMeta B = given("b");
    private static final ObjectMeta NOTHING = ObjectMeta.getDefaultInstance();

    private final MemoryStore memory = new MemoryStore();

    @Override
    Store openStore() {
        return memory;
    }

    @Override
    void release(Store used) {}

    @Test
    void everyFieldIsPromisedSomething() {
        assertThat(ObjectMeta.getDescriptor().getFields())
                .as("say here, and in the protocol, what a write makes of each field")
                .extracting(FieldDescriptor::getName)
                .allMatch(name -> PROMISED.containsKey(name) || NEVER_STORED.contains(name));
    }

    @Test
    void createTakesAllButWhatTheServerSets() {
        assertLeft(write(CREATE, A), Map.of(AT_CREATION, A, REPLACED, A, REPLACED_WHERE_GIVEN, A));
    }

    @Test
    void applyOfNothingThatExistsIsCreate() {
        assertLeft(write(APPLY, A), Map.of(AT_CREATION, A, REPLACED, A, REPLACED_WHERE_GIVEN, A));
    }

    @Test
    void updateReplacesGivenOrNot() {
        write(CREATE, A);
        assertLeft(write(UPDATE, B), Map.of(AT_CREATION, A, REPLACED, B, REPLACED_WHERE_GIVEN, B));
        assertLeft(write(UPDATE, NOTHING), Map.of(AT_CREATION, A, REPLACED, NOTHING, REPLACED_WHERE_GIVEN, NOTHING));
    }

    @Test
    void applyLeavesWhatOthersMayHaveAdded() {
        write(CREATE, A);
        assertLeft(write(APPLY, B), Map.of(AT_CREATION, A, REPLACED, B, REPLACED_WHERE_GIVEN, B));
        assertLeft(write(APPLY, NOTHING), Map.of(AT_CREATION, A, REPLACED, NOTHING, REPLACED_WHERE_GIVEN, B));
    }

    /** Writes an object, which is called what A gives as its name, and reads it back. */
    private ObjectMeta write(Verb verb, ObjectMeta metadata) {
        ObjectSections sections = Canonicalizer.object(
                Object.newBuilder().setMetadata(metadata).build().toByteString());
        fixture.write(wish(verb, acme, robots, A.getName(), sections));
        try {
            return Object.parseFrom(fixture.get(acme, robots, A.getName()).encode())
                    .getMetadata();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** @param from where the value comes from that each rule leaves; the server's comes from no write */
    private static void assertLeft(ObjectMeta found, Map<WriteRule, ObjectMeta> from) {
        for (FieldDescriptor field : ObjectMeta.getDescriptor().getFields()) {
            WriteRule rule = PROMISED.get(field.getName());
            if (rule == SERVER) {
                assertThat(found.getField(field)).as(field.getName()).isNotIn(A.getField(field), B.getField(field));
                assertThat(found.getField(field).equals(NOTHING.getField(field)))
                        .as("the server leaves " + field.getName() + " empty")
                        .isEqualTo(EMPTY_WHILE_IT_LIVES.contains(field.getName()));
            } else {
                ObjectMeta source = rule == null ? NOTHING : from.getOrDefault(rule, NOTHING);
                assertThat(found.getField(field)).as(field.getName()).isEqualTo(source.getField(field));
            }
        }
    }

    /** Returns metadata with every field that can be given, each different in each variant. */
    private static ObjectMeta given(String variant) {
        ObjectMeta.Builder metadata = ObjectMeta.newBuilder();
        fill(metadata, variant);
        return metadata.clearNamespace().build();
    }

    private static void fill(Message.Builder message, String variant) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                message.addRepeatedField(field, value(message, field, variant));
            } else {
                message.setField(field, value(message, field, variant));
            }
        }
    }

    private static java.lang.Object value(Message.Builder message, FieldDescriptor field, String variant) {
        return switch (field.getJavaType()) {
            case STRING -> field.getName().equals("uid") ? variant.repeat(8) + "-7c6e-4a3b-9f0e-2b1d5c3a4e6f" : variant;
            case LONG -> 1_000L + variant.charAt(0);
            case INT -> variant.codePointAt(0);
            case BOOLEAN -> true;
            case MESSAGE -> {
                Message.Builder inner = message.newBuilderForField(field);
                fill(inner, variant);
                yield inner.build();
            }
            default -> throw new AssertionError("no value for " + field.getFullName() + " yet");
        };
    }
}
