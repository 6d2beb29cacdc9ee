package dev.proreus.workspace.check;

import dev.proreus.workspace.store.rows.TypeRow;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;

/** Keys as people read them: paths and type names in place of internal ids, as far as they are known. */
final class KeyNames {
    private final MetaRows rows;

    KeyNames(MetaRows rows) {
        this.rows = rows;
    }

    /** Returns the path of a workspace, with its id where that says more. */
    String workspace(long id) {
        return rows.path(id);
    }

    String type(int id) {
        TypeRow row = rows.types().get(id);
        if (row != null) {
            return row.name();
        }
        for (TypeDefinition type : SystemTypes.ALL) {
            if (type.id() == id) {
                return type.names().full();
            }
        }
        return "type#" + id;
    }

    String object(long workspaceId, int typeId, String name) {
        return workspace(workspaceId) + " " + type(typeId) + "/" + name;
    }

    String version(long workspaceId, int typeId, String name, long revision) {
        return object(workspaceId, typeId, name) + "@" + revision;
    }

    String log(long workspaceId, long revision) {
        return workspace(workspaceId) + "@" + revision;
    }
}
