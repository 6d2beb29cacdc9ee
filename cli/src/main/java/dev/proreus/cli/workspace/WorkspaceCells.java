package dev.proreus.cli.workspace;

import dev.proreus.cli.output.Age;
import dev.proreus.v1.Workspace;
import java.time.Instant;
import java.util.List;

/** What a table tells of a workspace. */
final class WorkspaceCells {
    /** The heads of the columns. */
    static final List<String> HEADS = List.of("WORKSPACE", "STATE", "OBJECTS", "REVISION", "AGE");

    private WorkspaceCells() {}

    /** Returns the cells of a workspace under a name. */
    static List<String> of(String name, Workspace workspace, Instant now) {
        return List.of(
                name,
                state(workspace),
                Long.toString(workspace.getObjects()),
                Long.toString(workspace.getRevision()),
                Age.of(workspace.getCreationTimestamp(), now));
    }

    private static String state(Workspace workspace) {
        return workspace.getState() == Workspace.State.STATE_TERMINATING ? "Terminating" : "Active";
    }
}
