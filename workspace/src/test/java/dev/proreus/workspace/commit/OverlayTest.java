package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.cache.NewestObject.Seen;
import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StructWriter;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.type.DeclaredFields;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.type.TypeNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What selectors see of an object is read out of its bytes once for two batches, unless its type changes. */
class OverlayTest {
    private static final long WORKSPACE = 7;

    private final TypeDefinition robots = robots(List.of("spec.agent"));
    private final Stored robot = robot();
    private final Keys keys = Keys.ofShard(0);
    private final MemoryStore store = new MemoryStore();
    private final ObjectCache cache = new ObjectCache(1 << 20, Instrumentation.none());
    private final Overlay first = Overlay.over(keys, store, cache);

    @Test
    void whatIsSeenIsKeptAsLongAsTheObjectIs() {
        Seen seen = Seen.of(robot.object(), robots.fields(), "r1");
        first.put(WORKSPACE, robots.id(), "r1", robot, seen);
        assertThat(first.seen(WORKSPACE, robots, "r1", robot)).isSameAs(seen);
        Overlay second = first.next();
        assertThat(second.find(WORKSPACE, robots.id(), "r1")).isSameAs(robot);
        assertThat(second.seen(WORKSPACE, robots, "r1", robot)).isSameAs(seen);
        Seen again = second.next().seen(WORKSPACE, robots, "r1", robot);
        assertThat(again).isNotSameAs(seen).isEqualTo(seen);
    }

    @Test
    void otherFieldsOrAnotherStateAreReadAnew() {
        Seen seen = Seen.of(robot.object(), robots.fields(), "r1");
        first.put(WORKSPACE, robots.id(), "r1", robot, seen);
        TypeDefinition changed = robots(List.of("spec.agent", "spec.target"));
        assertThat(first.seen(WORKSPACE, changed, "r1", robot).selectable().field("spec.target"))
                .isEqualTo("3");
        assertThat(first.seen(WORKSPACE, robots, "r1", robot())).isNotSameAs(seen);
    }

    @Test
    void whatIsSeenIsSharedWhereItIsTheSameByTheSameFields() {
        Seen before = Seen.of(robot.object(), robots.fields(), "r1");
        Seen after = Seen.of(robot.object(), robots.fields(), "r1");
        assertThat(after.sharing(before)).isSameAs(before);
        assertThat(after.sharing(null)).isSameAs(after);
        Seen byOthers = Seen.of(robot.object(), robots(List.of("spec.target")).fields(), "r1");
        assertThat(byOthers.sharing(before)).isSameAs(byOthers);
    }

    /** A batch is full by what it looked at as well, since that is held until the next but one. */
    @Test
    void whatIsLookedAtCountsOnceWhereverItWas() {
        store("r1", "r2");
        first.find(WORKSPACE, robots.id(), "r1");
        first.show();
        Overlay overlay = first.next().next();
        assertThat(overlay.find(WORKSPACE, robots.id(), "r1")).isEqualTo(robot);
        assertThat(overlay.find(WORKSPACE, robots.id(), "r2")).isEqualTo(robot);
        assertThat(overlay.find(WORKSPACE, robots.id(), "r1")).isEqualTo(robot);
        assertThat(overlay.find(WORKSPACE, robots.id(), "none")).isNull();
        assertThat(overlay.loadedBytes()).isEqualTo(2 * robot.object().size());
    }

    /** All later versions take over who owns it. */
    @Test
    void whoOwnsWhatComesFromTheStoreHoldsNothingElseOfItsRow() throws IOException {
        store("r1");
        Stored found = Objects.requireNonNull(first.find(WORKSPACE, robots.id(), "r1"));
        UnsafeByteOperations.unsafeWriteTo(found.owners(), new ByteOutput() {
            @Override
            public void write(byte value) {
                throw new AssertionError("one byte");
            }

            @Override
            public void write(byte[] value, int offset, int length) {
                assertThat(value).isEqualTo("test".getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void writeLazy(byte[] value, int offset, int length) {
                write(value, offset, length);
            }

            @Override
            public void write(ByteBuffer value) {
                throw new AssertionError("a buffer");
            }

            @Override
            public void writeLazy(ByteBuffer value) {
                throw new AssertionError("a buffer");
            }
        });
    }

    @Test
    void whatWasShownIsNotLookedForInTheStore() {
        Seen seen = Seen.of(robot.object(), robots.fields(), "r1");
        first.put(WORKSPACE, robots.id(), "r1", robot, seen);
        Overlay later = first.next().next();
        assertThat(later.find(WORKSPACE, robots.id(), "r1")).as("before").isNull();
        first.show();
        later = later.next().next();
        Stored found = later.find(WORKSPACE, robots.id(), "r1");
        assertThat(found).isEqualTo(robot);
        assertThat(later.seen(WORKSPACE, robots, "r1", Objects.requireNonNull(found)))
                .as("what selectors see is not read out of its bytes again")
                .isSameAs(seen);
    }

    @Test
    void whatIsShownAsGoneIsLookedForInTheStore() {
        first.put(WORKSPACE, robots.id(), "r1", robot, null);
        first.show();
        Overlay second = first.next();
        second.put(WORKSPACE, robots.id(), "r1", null, null);
        second.show();
        assertThat(second.next().next().find(WORKSPACE, robots.id(), "r1")).isNull();
    }

    private void store(String... names) {
        StoreBatch batch = new StoreBatch();
        for (String name : names) {
            batch.put(
                    Table.HEAD,
                    keys.head(WORKSPACE, robots.id(), name),
                    robot.head().encode());
            batch.put(
                    Table.VERSION,
                    keys.version(WORKSPACE, robots.id(), name, robot.head().revision()),
                    new VersionRow.State(robot.owners(), robot.object()).encode());
        }
        store.write(batch);
    }

    private static Stored robot() {
        ObjectSections sections = new ObjectSections(
                "fleet.example.com/v1",
                "Robot",
                MetaSections.EMPTY.withName("r1"),
                StructWriter.write(Map.of("agent", "fleet", "target", 3)),
                null);
        return Stored.at(1, new UUID(1, 1), sections, Stored.owners("test"));
    }

    private static TypeDefinition robots(List<String> selectable) {
        return new TypeDefinition(
                300,
                new UUID(1, 300),
                1,
                "root",
                1,
                new TypeNames("fleet.example.com", "robots", "robot", "Robot", List.of()),
                List.of(new TypeDefinition.Version("v1", "")),
                List.of(),
                new DeclaredFields(selectable, "", 1),
                true);
    }
}
