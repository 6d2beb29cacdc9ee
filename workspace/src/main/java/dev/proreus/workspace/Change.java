package dev.proreus.workspace;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One committed change of one object.
 *
 * @param sequence position in the one commit order of the store; equal for the changes of one command
 * @param workspaceId internal id of the workspace
 * @param revision the workspace's revision; equal for the changes of one command
 * @param typeId internal id of the resource type
 * @param name name of the object
 * @param kind what happened
 * @param sections mask of {@link Sections} that changed
 * @param object wire bytes of the object in canonical form: the new state, or for DELETED the last one
 * @param now what selectors can see of {@code object}
 * @param before the same of the state before, one with {@code now} where they are equal; null for ADDED alone
 * @param previous wire bytes of the state before; given for every MODIFIED
 * @param reporterEpoch epoch of the agent's session whose report this is, else 0
 */
public record Change(
        long sequence,
        long workspaceId,
        long revision,
        int typeId,
        String name,
        ChangeKind kind,
        int sections,
        ByteString object,
        Selectable now,
        @Nullable Selectable before,
        @Nullable ByteString previous,
        long reporterEpoch)
        implements Publication, ChangeView {

    @Override
    public TermHashes termsNow() {
        return now.terms();
    }

    @Override
    public TermHashes termsBefore() {
        return before == null || before.equals(now)
                ? TermHashes.NONE
                : before.terms().without(now.terms());
    }
}
