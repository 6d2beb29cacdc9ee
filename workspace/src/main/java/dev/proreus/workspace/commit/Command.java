package dev.proreus.workspace.commit;

import dev.proreus.workspace.agent.Claim;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the committer is to do. A command carries everything that {@code apply} must not find out by itself: the time,
 * and every random identity. The same commands in the same order give the same bytes.
 */
public sealed interface Command {
    /** Returns when the command was made. */
    Instant time();

    /** Returns the bytes that it takes while it waits, roughly. */
    default int weight() {
        return ObjectWrite.BASE_BYTES;
    }

    /**
     * Writes objects of one workspace together.
     *
     * @param freshUids for each of them the uid of the object where it comes to be
     * @param request by which a repeat is known; null where it cannot be
     */
    record WriteObjects(
            ObjectWrites wishes,
            List<UUID> freshUids,
            @Nullable RequestMark request,
            Instant time) implements Command {
        public WriteObjects {
            freshUids = List.copyOf(freshUids);
        }

        /** Completes wishes to a command. */
        public static WriteObjects of(ObjectWrites wishes, List<UUID> freshUids, Instant time) {
            UUID id = wishes.requestId();
            return new WriteObjects(wishes, freshUids, id == null ? null : RequestMark.of(id, wishes), time);
        }

        @Override
        public int weight() {
            return wishes.weight();
        }
    }

    /**
     * Creates a workspace.
     *
     * @param parentId internal id of the parent
     * @param name last part of the path
     * @param uid its public identity
     * @param incarnation mark of its history line
     * @param request by which a repeat is known; null where it cannot be
     */
    record CreateWorkspace(
            long parentId,
            String name,
            UUID uid,
            UUID incarnation,
            @Nullable RequestMark request,
            Instant time) implements Command {
        /** Completes a wish to a command. */
        public static CreateWorkspace of(
                long parentId, String name, UUID uid, UUID incarnation, @Nullable UUID requestId, Instant time) {
            return new CreateWorkspace(
                    parentId,
                    name,
                    uid,
                    incarnation,
                    requestId == null ? null : RequestMark.of(requestId, RequestMark.Deed.CREATE_WORKSPACE, name),
                    time);
        }
    }

    /**
     * Deletes a workspace with all that lies below it, or begins to.
     *
     * @param parentId internal id of the parent
     * @param name last part of the path
     * @param workspaceId its internal id; 0 where the name was seen to stand for none, which a repeat may find
     * @param how with what grace, or by force
     * @param request by which a repeat is known; null where it cannot be
     */
    record DeleteWorkspace(
            long parentId,
            String name,
            long workspaceId,
            WorkspaceDeletion how,
            @Nullable RequestMark request,
            Instant time)
            implements Command {
        /** Completes a wish to a command. */
        public static DeleteWorkspace of(
                long parentId,
                String name,
                long workspaceId,
                WorkspaceDeletion how,
                @Nullable UUID requestId,
                Instant time) {
            RequestMark request = requestId == null
                    ? null
                    : RequestMark.of(requestId, RequestMark.Deed.DELETE_WORKSPACE, name, how.toString());
            return new DeleteWorkspace(parentId, name, workspaceId, how, request, time);
        }
    }

    /**
     * Takes the deletion of a workspace back, within its grace.
     *
     * @param workspaceId its internal id
     */
    record UndeleteWorkspace(long workspaceId, Instant time) implements Command {}

    /**
     * Ends the deletion of a workspace where nothing has to be waited for any more.
     *
     * @param workspaceId its internal id
     */
    record EndWorkspace(long workspaceId, Instant time) implements Command {}

    /**
     * Deletes an object of a workspace that is going, or where it has finalizers, marks it; does nothing where the
     * workspace is no longer going by then.
     *
     * @param delete the deletion of one object
     */
    record EndObject(WriteObjects delete) implements Command {
        @Override
        public Instant time() {
            return delete.time();
        }
    }

    /**
     * Records a session of an agent.
     *
     * @param workspaceId internal id of the agent's home
     * @param agent name of the agent
     * @param instance the process whose session it is
     * @param sdk what speaks
     * @param claims what it claims beside what it holds already
     * @param freshUid the uid of the Agent object where it comes to be
     */
    record OpenSession(
            long workspaceId,
            String agent,
            String instance,
            String sdk,
            List<Claim> claims,
            UUID freshUid,
            Instant time)
            implements Command {
        public OpenSession {
            claims = List.copyOf(claims);
        }
    }

    /**
     * Takes one claim and gives up another.
     *
     * @param taken the claim to take, or null
     * @param freed the claim to give up, or null
     */
    record ChangeClaims(
            Fence fence, @Nullable Claim taken, @Nullable Claim freed, Instant time) implements Command {}

    /**
     * Raises the floor of a workspace: what lies below it may then be deleted. Takes no revision.
     *
     * @param workspaceId its internal id
     * @param floor the oldest revision that can still be read from now on; durable already
     * @param sequence of the commit that made that revision
     * @param historyBytes what the log row of that revision has as its bytes of history
     */
    record RaiseFloor(long workspaceId, long floor, long sequence, long historyBytes, Instant time)
            implements Command {}

    /**
     * Changes what can be set of a workspace. Takes no revision.
     *
     * @param workspaceId its internal id
     */
    record UpdateWorkspace(long workspaceId, WorkspaceUpdate update, Instant time) implements Command {}

    /** Records that a session has ended. */
    record CloseSession(Fence fence, Instant time) implements Command {}
}
