package dev.proreus.workspace.commit;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.agent.AgentDirectory;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.StoreRow;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code apply} decides by, but the objects: workspaces, types, agents, counters. Owned by whichever
 * thread has the turn to build; what is published from here are copies.
 */
final class State {
    final StoreRow store;
    final Map<Long, WorkspaceState> workspaces = new HashMap<>();
    final Map<Integer, TypeDefinition> types = new HashMap<>();
    final AgentDirectory agents = new AgentDirectory();
    AppliedRow applied;

    State(StoreRow store, AppliedRow applied) {
        this.store = store;
        this.applied = applied;
        SystemTypes.ALL.forEach(type -> types.put(type.id(), type));
    }

    /** Returns a live workspace; refuses where it has gone since the request named it. */
    WorkspaceState workspace(long id) {
        WorkspaceState found = workspaces.get(id);
        if (found == null) {
            throw RefusedException.because(
                    Reason.WORKSPACE_DELETED, "the workspace was deleted while the request was under way");
        }
        return found;
    }

    /** Returns a type; refuses where it has gone since the request named it. */
    TypeDefinition type(int id) {
        TypeDefinition found = types.get(id);
        if (found == null) {
            throw RefusedException.because(
                    Reason.TYPE_NOT_FOUND, "the resource type was deleted while the request was under way");
        }
        return found;
    }

    @Nullable
    TypeDefinition typeOf(UUID uid) {
        for (TypeDefinition type : types.values()) {
            if (type.uid().equals(uid)) {
                return type;
            }
        }
        return null;
    }

    long takeWorkspaceId() {
        long id = applied.nextWorkspaceId();
        applied = new AppliedRow(
                applied.position(),
                applied.sequence(),
                applied.logTime(),
                applied.epoch(),
                id + 1,
                applied.nextTypeId());
        return id;
    }

    int takeTypeId() {
        int id = applied.nextTypeId();
        applied = new AppliedRow(
                applied.position(),
                applied.sequence(),
                applied.logTime(),
                applied.epoch(),
                applied.nextWorkspaceId(),
                id + 1);
        return id;
    }

    long takeSequence() {
        long sequence = applied.sequence() + 1;
        applied = new AppliedRow(
                applied.position(),
                sequence,
                applied.logTime(),
                applied.epoch(),
                applied.nextWorkspaceId(),
                applied.nextTypeId());
        return sequence;
    }
}
