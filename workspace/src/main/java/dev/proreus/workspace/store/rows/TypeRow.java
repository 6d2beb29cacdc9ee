package dev.proreus.workspace.store.rows;

import dev.proreus.workspace.store.rows.stored.Stored;
import java.util.UUID;

/**
 * A resource type definition, as {@code meta} holds it under its internal id.
 *
 * @param uid identity of the definition
 * @param definingWorkspaceId internal id of the workspace that it stands in
 * @param definitionVersion revision there at which it last changed
 * @param name name of the object that holds it, such as {@code robots.fleet.example.com}
 * @param fieldsSince sequence of the commit that declared the newest of its selectable fields
 */
public record TypeRow(UUID uid, long definingWorkspaceId, long definitionVersion, String name, long fieldsSince) {
    private static final byte FORMAT = 1;

    public TypeRow {
        Require.natural("defining workspace id", definingWorkspaceId);
        Require.natural("definition version", definitionVersion);
        Require.named("name", name);
        Require.natural("fields since", fieldsSince);
    }

    public byte[] encode() {
        return RowBytes.encode(
                FORMAT,
                Stored.Type.newBuilder()
                        .setUid(RowBytes.bytes(uid))
                        .setDefiningWorkspaceId(definingWorkspaceId)
                        .setDefinitionVersion(definitionVersion)
                        .setName(name)
                        .setFieldsSince(fieldsSince)
                        .build());
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static TypeRow decode(byte[] row) {
        return RowBytes.decode(
                "type",
                FORMAT,
                row,
                Stored.Type.parser(),
                type -> new TypeRow(
                        RowBytes.uuid(type.getUid()),
                        type.getDefiningWorkspaceId(),
                        type.getDefinitionVersion(),
                        type.getName(),
                        type.getFieldsSince()));
    }
}
