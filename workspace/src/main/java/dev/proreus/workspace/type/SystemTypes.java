package dev.proreus.workspace.type;

import dev.proreus.workspace.TypeIds;
import java.util.List;
import java.util.UUID;

/**
 * The types of group {@code proreus.dev}, which the server defines itself, with fixed ids below 256. The ids 4 to 6 are
 * kept for roles, bindings and event records.
 */
public final class SystemTypes {
    /** The group that only the server may define types in. */
    public static final String GROUP = "proreus.dev";

    /** Definitions of types: {@code resourcetypes.proreus.dev}. */
    public static final TypeDefinition RESOURCE_TYPES =
            system(TypeIds.RESOURCE_TYPES, "resourcetypes", "resourcetype", "ResourceType", "rt");

    /** Workspaces, as objects of their parent: {@code workspaces.proreus.dev}; written by the server only. */
    public static final TypeDefinition WORKSPACES =
            system(TypeIds.WORKSPACES, "workspaces", "workspace", "Workspace", "ws");

    /** Agents, with their claims and presence: {@code agents.proreus.dev}; written by the server only. */
    public static final TypeDefinition AGENTS = system(TypeIds.AGENTS, "agents", "agent", "Agent", "ag");

    /** All of them. */
    public static final List<TypeDefinition> ALL = List.of(RESOURCE_TYPES, WORKSPACES, AGENTS);

    private SystemTypes() {}

    private static TypeDefinition system(int id, String plural, String singular, String kind, String shortName) {
        return new TypeDefinition(
                id,
                new UUID(0, id),
                0,
                "",
                1,
                new TypeNames(GROUP, plural, singular, kind, List.of(shortName)),
                List.of(new TypeDefinition.Version("v1", "")),
                columns(id),
                DeclaredFields.NONE,
                true);
    }

    private static List<TypeDefinition.Column> columns(int id) {
        return switch (id) {
            case TypeIds.RESOURCE_TYPES ->
                List.of(
                        new TypeDefinition.Column("Kind", "spec.names.kind"),
                        new TypeDefinition.Column("Inherit", "spec.inherit"));
            case TypeIds.AGENTS ->
                List.of(
                        new TypeDefinition.Column("Connected", "status.connected"),
                        new TypeDefinition.Column("Instance", "status.instance"),
                        new TypeDefinition.Column("Since", "status.lastTransitionTime"));
            default -> List.of();
        };
    }
}
