package dev.proreus.workspace.type;

import dev.proreus.workspace.Names;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All published type definitions, and the rule of look-up: system types, the workspace's own, then those of its
 * ancestors, nearest first, that say {@code inherit: true}; of one full name the first found hides the others. Any
 * thread may read; the committer's thread alone adds and removes.
 */
public final class TypeCatalog {
    private static final ConcurrentMap<String, TypeDefinition> NONE = new ConcurrentHashMap<>();

    private final WorkspaceTree tree;
    private final ConcurrentMap<Integer, TypeDefinition> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, ConcurrentMap<String, TypeDefinition>> byWorkspace = new ConcurrentHashMap<>();

    /** Makes a catalog of the system types alone. */
    public TypeCatalog(WorkspaceTree tree) {
        this.tree = tree;
        SystemTypes.ALL.forEach(type -> byId.put(type.id(), type));
    }

    /** Returns the types visible in a workspace, ordered by full name. */
    public Collection<TypeDefinition> visibleIn(Workspace workspace) {
        Map<String, TypeDefinition> visible = new TreeMap<>();
        SystemTypes.ALL.forEach(type -> visible.put(type.names().full(), type));
        for (Workspace each : tree.lineage(workspace)) {
            for (TypeDefinition type : byWorkspace.getOrDefault(each.id(), NONE).values()) {
                if (each == workspace || type.inherit()) {
                    visible.putIfAbsent(type.names().full(), type);
                }
            }
        }
        return visible.values();
    }

    /**
     * Finds the type that a name stands for in a workspace.
     *
     * @throws RefusedException with {@link Reason#TYPE_NOT_FOUND} or {@link Reason#TYPE_AMBIGUOUS}
     */
    public TypeDefinition resolve(Workspace workspace, String name) {
        if (name.isEmpty()) {
            throw RefusedException.because(
                    Reason.BAD_REQUEST, "type is empty: name one, such as robots or robots.fleet.example.com");
        }
        TypeDefinition exact = exact(workspace, name);
        return exact != null
                ? exact
                : single(workspace, name, type -> type.names().answersTo(name));
    }

    /**
     * Finds the type of objects that say this apiVersion and kind.
     *
     * @throws RefusedException with {@link Reason#TYPE_NOT_FOUND} or {@link Reason#TYPE_AMBIGUOUS}
     */
    public TypeDefinition resolve(Workspace workspace, String apiVersion, String kind) {
        String group = apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
        return single(
                workspace,
                apiVersion + " " + kind,
                type -> type.names().kind().equals(kind) && type.names().group().equals(group));
    }

    /** Returns the type of an internal id, or null where there is none. */
    public @Nullable TypeDefinition byId(int id) {
        return byId.get(id);
    }

    /** Adds or replaces a definition; on the committer's thread only. */
    public void put(TypeDefinition type) {
        byId.put(type.id(), type);
        byWorkspace
                .computeIfAbsent(type.definedIn(), id -> new ConcurrentHashMap<>())
                .put(type.names().full(), type);
    }

    /** Removes a definition; on the committer's thread only. */
    public void remove(TypeDefinition type) {
        byId.remove(type.id());
        byWorkspace.computeIfPresent(type.definedIn(), (id, types) -> {
            types.remove(type.names().full(), type);
            return types.isEmpty() ? null : types;
        });
    }

    private @Nullable TypeDefinition exact(Workspace workspace, String fullName) {
        for (TypeDefinition system : SystemTypes.ALL) {
            if (system.names().full().equals(fullName)) {
                return system;
            }
        }
        for (Workspace each : tree.lineage(workspace)) {
            TypeDefinition found = byWorkspace.getOrDefault(each.id(), NONE).get(fullName);
            if (found != null && (each == workspace || found.inherit())) {
                return found;
            }
        }
        return null;
    }

    private TypeDefinition single(Workspace workspace, String name, Predicate<TypeDefinition> wanted) {
        List<TypeDefinition> found =
                visibleIn(workspace).stream().filter(wanted).toList();
        if (found.isEmpty()) {
            throw RefusedException.because(
                            Reason.TYPE_NOT_FOUND,
                            "no resource type '" + Names.shown(name) + "' is visible in workspace " + workspace.path()
                                    + ": list types to see those that are, or define it")
                    .with("workspace", workspace.path())
                    .with("type", Names.shown(name));
        }
        if (found.size() > 1) {
            String candidates = String.join(
                    ", ", found.stream().map(type -> type.names().full()).toList());
            throw RefusedException.because(
                            Reason.TYPE_AMBIGUOUS,
                            "'" + Names.shown(name) + "' stands for several resource types: use one full name of "
                                    + candidates)
                    .with("type", Names.shown(name))
                    .with("candidates", candidates);
        }
        return found.get(0);
    }
}
