package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StructWriter;
import java.util.Map;

/** Changes as the committer publishes them, the same in every run. */
final class SampleChanges {
    static final long WORKSPACE = 7;
    static final int TYPE = 9;

    /** The field that objects are assigned by. */
    static final String ASSIGNMENT = "spec.agent";

    private SampleChanges() {}

    /** Returns one modification each of so many objects, at ascending revisions from 1. */
    static Change[] modified(int count, int bytes) {
        Change[] changes = new Change[count];
        for (int i = 0; i < count; i++) {
            changes[i] = modified(i, i + 1L, bytes);
        }
        return changes;
    }

    static Change modified(int object, long revision, int bytes) {
        return modified(object, revision, object(object, bytes));
    }

    /** Returns a modification of an object to a state, which dispatch does not look into. */
    static Change modified(int object, long revision, ByteString state) {
        Selectable selectable = Selectable.of(name(object), Map.of(), Map.of(ASSIGNMENT, agent(object)));
        return new Change(
                revision,
                WORKSPACE,
                revision,
                TYPE,
                name(object),
                ChangeKind.MODIFIED,
                Sections.SPEC,
                state,
                selectable,
                selectable,
                state,
                0);
    }

    static String name(int object) {
        return "robot-" + object;
    }

    static String agent(int object) {
        return "agent-" + object;
    }

    static ByteString object(int object, int bytes) {
        ByteString bare = object(object, "");
        return object(object, "x".repeat(Math.max(0, bytes - bare.size())));
    }

    private static ByteString object(int object, String padding) {
        return new ObjectSections(
                        "fleet.example.com/v1",
                        "Robot",
                        MetaSections.EMPTY.withName(name(object)).withGeneration(1),
                        StructWriter.write(Map.of("agent", agent(object), "padding", padding)),
                        null)
                .encode();
    }
}
