package dev.proreus.workspace.type;

import dev.proreus.workspace.TypeIds;
import java.util.List;
import java.util.UUID;

/**
 * A resource type: what an object may be. Immutable.
 *
 * @param id internal id, short, per shard, never shown and never reused
 * @param uid identity of this definition; objects are bound to it, not to the name
 * @param definedIn internal id of the workspace that defines it; 0 for a system type
 * @param definedInPath path of that workspace; empty for a system type
 * @param version count of the definition's changes
 * @param names the names that it goes by
 * @param versions its versions, the first of which new objects get; never empty
 * @param columns columns that tables show
 * @param fields the fields of its objects that selectors may name
 * @param inherit whether it is visible below the workspace that defines it
 */
public record TypeDefinition(
        int id,
        UUID uid,
        long definedIn,
        String definedInPath,
        long version,
        TypeNames names,
        List<Version> versions,
        List<Column> columns,
        DeclaredFields fields,
        boolean inherit) {

    public TypeDefinition {
        versions = List.copyOf(versions);
        columns = List.copyOf(columns);
    }

    /** Returns the same definition under an internal id, its fields declared at a sequence. */
    public TypeDefinition known(int newId, long fieldsSince) {
        return new TypeDefinition(
                newId,
                uid,
                definedIn,
                definedInPath,
                version,
                names,
                versions,
                columns,
                fields.since(fieldsSince),
                inherit);
    }

    /** Returns whether the server defines it. */
    public boolean system() {
        return id < TypeIds.FIRST_USER_ID;
    }

    /** Returns the path of the field whose value names the driving agent, such as spec.agent; empty for none. */
    public String assignmentField() {
        return fields.assignmentField();
    }

    /** Returns the apiVersion of new objects, such as fleet.example.com/v1. */
    public String apiVersion() {
        return names.group() + "/" + versions.get(0).name();
    }

    /** Returns whether {@code apiVersion} names this type's group and one of its versions. */
    public boolean serves(String apiVersion) {
        return versions.stream().anyMatch(v -> apiVersion.equals(names.group() + "/" + v.name()));
    }

    /**
     * One version of a type.
     *
     * @param name such as v1
     * @param schema JSON Schema of its objects as text; kept, not yet enforced
     */
    public record Version(String name, String schema) {}

    /**
     * A column that tables show.
     *
     * @param name its head
     * @param path of the field that it shows, such as spec.target
     */
    public record Column(String name, String path) {}
}
