package dev.proreus.workspace.check;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.TypeIds;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.TypeRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Whether the rows of {@code meta} agree with one another: the tree, the types, and the counters that give ids. */
final class TreeCheck {
    private static final long ROOT_ID = 1;

    private final MetaRows rows;
    private final AppliedRow applied;
    private final Consumer<Finding> findings;
    private final Set<UUID> uids = new HashSet<>();
    private final Set<Child> live = new HashSet<>();

    /** The place of a workspace: at most one live one holds it. */
    private record Child(long parentId, String name) {}

    private TreeCheck(MetaRows rows, AppliedRow applied, Consumer<Finding> findings) {
        this.rows = rows;
        this.applied = applied;
        this.findings = findings;
    }

    /** Tells of what does not agree. */
    static void run(MetaRows rows, AppliedRow applied, Consumer<Finding> findings) {
        TreeCheck check = new TreeCheck(rows, applied, findings);
        check.eachRow();
        rows.workspaces().forEach(check::unique);
    }

    /**
     * Tells of rows that cannot be, each by itself and by those that it names. Whether two stand for one is not looked
     * at, which takes more than twice as long.
     */
    static void runOnEach(MetaRows rows, AppliedRow applied, Consumer<Finding> findings) {
        new TreeCheck(rows, applied, findings).eachRow();
    }

    private void eachRow() {
        if (!rows.workspaces().containsKey(ROOT_ID)) {
            findings.accept(MetaRows.finding("root", "the row of the root workspace is missing"));
        }
        rows.workspaces().forEach(this::workspace);
        rows.types().forEach(this::type);
    }

    private void workspace(long id, WorkspaceRow row) {
        if (id >= applied.nextWorkspaceId()) {
            found(id, "its id " + id + " was never given, the next one is " + applied.nextWorkspaceId());
        }
        place(id, row);
        WorkspaceRow.History history = row.history();
        if (history.floor() > row.revision()) {
            found(id, "its floor " + history.floor() + " is above its revision " + row.revision());
        }
        if (history.floorSequence() > applied.sequence()) {
            found(
                    id,
                    "its floor was made by sequence " + history.floorSequence() + ", and the newest is "
                            + applied.sequence());
        }
        if (row.claimsFreed() > row.revision()) {
            found(id, "a claim was given up at revision " + row.claimsFreed() + ", above its newest " + row.revision());
        }
    }

    private void place(long id, WorkspaceRow row) {
        WorkspaceRow.Identity identity = row.identity();
        boolean gone = rows.isGone(id);
        if (identity.parentId() == 0) {
            if (id != ROOT_ID || !identity.name().equals(WorkspacePath.ROOT.text())) {
                found(id, "it has no parent and is not the root");
            }
        } else if (!rows.workspaces().containsKey(identity.parentId())) {
            if (!gone) {
                found(id, "its parent, workspace#" + identity.parentId() + ", does not exist");
            }
        } else if (rows.depth(id) == 0) {
            found(id, "it lies below more than " + Limits.TREE_DEPTH + " others, or in a circle");
        }
    }

    private void unique(long id, WorkspaceRow row) {
        WorkspaceRow.Identity identity = row.identity();
        if (!uids.add(identity.uid())) {
            found(id, "another workspace has its uid " + identity.uid());
        }
        if (!rows.isGone(id) && !live.add(new Child(identity.parentId(), identity.name()))) {
            found(id, "another live workspace has its path");
        }
    }

    private void found(long workspaceId, String wrong) {
        findings.accept(MetaRows.finding(rows.path(workspaceId), wrong));
    }

    private void type(int id, TypeRow row) {
        String key = "type#" + id + " " + row.name();
        if (id < TypeIds.FIRST_USER_ID || id >= applied.nextTypeId()) {
            findings.accept(MetaRows.finding(key, "its id was never given, the next one is " + applied.nextTypeId()));
        }
        if (!rows.workspaces().containsKey(row.definingWorkspaceId())) {
            findings.accept(MetaRows.finding(
                    key, "it is defined in workspace#" + row.definingWorkspaceId() + ", which does not exist"));
        }
        if (row.fieldsSince() > applied.sequence()) {
            findings.accept(MetaRows.finding(
                    key,
                    "its fields were declared by sequence " + row.fieldsSince() + ", and the newest is "
                            + applied.sequence()));
        }
    }
}
