package dev.proreus.server.object;

import dev.proreus.server.rpc.Checks;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeCatalog;
import dev.proreus.workspace.type.TypeDefinition;

/** The wish to delete an object, alone or among other writes. */
final class Deletion {
    private Deletion() {}

    /** Returns the wish, or refuses what cannot be one. */
    static ObjectWrite wish(
            TypeCatalog types,
            Workspace workspace,
            String typeName,
            String name,
            String uid,
            long resourceVersion,
            String manager) {
        TypeDefinition type = types.resolve(workspace, typeName);
        if (type.id() == SystemTypes.WORKSPACES.id()) {
            throw Checks.refusal("type", "workspaces are deleted through WorkspaceService/DeleteWorkspace");
        }
        return new ObjectWrite(
                Verb.DELETE,
                workspace.id(),
                type.id(),
                type.version(),
                Checks.objectName(name),
                null,
                Checks.uid(uid),
                Checks.notNegative("resource_version", resourceVersion),
                manager,
                false,
                null);
    }
}
