package dev.proreus.workspace.type;

import dev.proreus.workspace.Names;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
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
 * thread may read; only the thread that writes a batch adds and removes.
 *
 * <p>A definition is visible from the moment at which the revision that made it is published in its workspace, and not
 * before: what was there until then is kept beside it. So nobody is told of a definition by name and of the state
 * without it by a read.
 */
public final class TypeCatalog {
    private static final ConcurrentMap<String, Entry> NONE = new ConcurrentHashMap<>();

    private final WorkspaceTree tree;
    private final ConcurrentMap<Integer, Entry> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, ConcurrentMap<String, Entry>> byWorkspace = new ConcurrentHashMap<>();
    private final Deque<TypeDefinition> removed = new ArrayDeque<>();

    /** Makes a catalog of the system types alone. */
    public TypeCatalog(WorkspaceTree tree) {
        this.tree = tree;
        SystemTypes.ALL.forEach(type -> byId.put(type.id(), new Entry(null, 0, type, type)));
    }

    /** Returns the types visible in a workspace, ordered by full name. */
    public Collection<TypeDefinition> visibleIn(Workspace workspace) {
        Map<String, TypeDefinition> visible = new TreeMap<>();
        SystemTypes.ALL.forEach(type -> visible.put(type.names().full(), type));
        for (Workspace each : tree.lineage(workspace)) {
            for (Entry entry : byWorkspace.getOrDefault(each.id(), NONE).values()) {
                TypeDefinition type = entry.visible();
                if (type != null && (each == workspace || type.inherit())) {
                    visible.putIfAbsent(type.names().full(), type);
                }
            }
        }
        return visible.values();
    }

    /**
     * Finds the type that a name stands for in a workspace.
     *
     * @throws RefusedException with {@link Reason#TYPE_NOT_FOUND} or {@link Reason#TYPE_AMBIGUOUS}, or
     *     {@link Reason#WORKSPACE_DELETED} where the workspace went meanwhile
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
     * @throws RefusedException as the other
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
        return visible(byId.get(id));
    }

    /** Adds or replaces a definition that is visible at once; only on the thread that writes a batch. */
    public void put(TypeDefinition type) {
        put(type, 0);
    }

    /**
     * Adds or replaces a definition; only on the thread that writes a batch.
     *
     * @param revision of the workspace that defines it, with which it becomes visible
     */
    public void put(TypeDefinition type, long revision) {
        Workspace definer = tree.byId(type.definedIn());
        byId.compute(type.id(), (id, old) -> new Entry(definer, revision, type, visible(old)));
        byWorkspace
                .computeIfAbsent(type.definedIn(), id -> new ConcurrentHashMap<>())
                .compute(type.names().full(), (name, old) -> new Entry(definer, revision, type, visible(old)));
        forgetRemoved();
    }

    /**
     * Removes a definition; only on the thread that writes a batch.
     *
     * @param revision of the workspace that defines it, with which it ceases to be visible
     */
    public void remove(TypeDefinition type, long revision) {
        Workspace definer = tree.byId(type.definedIn());
        byId.computeIfPresent(type.id(), (id, old) -> new Entry(definer, revision, null, old.visible()));
        byWorkspace
                .getOrDefault(type.definedIn(), NONE)
                .computeIfPresent(
                        type.names().full(), (name, old) -> new Entry(definer, revision, null, old.visible()));
        forgetRemoved();
        removed.add(type);
    }

    /** Lets go of what was removed and is visible no more. */
    private void forgetRemoved() {
        for (TypeDefinition type = removed.peek(); type != null; type = removed.peek()) {
            Entry last = byId.get(type.id());
            if (last != null && !last.isSpent()) {
                return;
            }
            removed.remove();
            byId.remove(type.id());
            String name = type.names().full();
            byWorkspace.computeIfPresent(type.definedIn(), (id, types) -> {
                types.computeIfPresent(name, (key, entry) -> entry.isSpent() ? null : entry);
                return types.isEmpty() ? null : types;
            });
        }
    }

    private static @Nullable TypeDefinition visible(@Nullable Entry entry) {
        return entry == null ? null : entry.visible();
    }

    private @Nullable TypeDefinition exact(Workspace workspace, String fullName) {
        for (TypeDefinition system : SystemTypes.ALL) {
            if (system.names().full().equals(fullName)) {
                return system;
            }
        }
        for (Workspace each : tree.lineage(workspace)) {
            TypeDefinition found =
                    visible(byWorkspace.getOrDefault(each.id(), NONE).get(fullName));
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
            throw missing(workspace, name);
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

    private static RefusedException missing(Workspace workspace, String name) {
        if (workspace.gone()) {
            return RefusedException.because(
                    Reason.WORKSPACE_DELETED,
                    "workspace " + workspace.path() + " was deleted while the request was under way");
        }
        return RefusedException.because(
                        Reason.TYPE_NOT_FOUND,
                        "no resource type '" + Names.shown(name) + "' is visible in workspace " + workspace.path()
                                + ": list types to see those that are, or define it")
                .with("workspace", workspace.path())
                .with("type", Names.shown(name));
    }

    /**
     * A definition and what it takes the place of.
     *
     * @param definer the workspace that defines it; null for none, as that of system types
     * @param revision of that workspace, from which on {@code next} is visible
     * @param next the definition; null for none any more
     * @param before what is visible until then; null for none
     */
    private record Entry(
            @Nullable Workspace definer,
            long revision,
            @Nullable TypeDefinition next,
            @Nullable TypeDefinition before) {
        @Nullable
        TypeDefinition visible() {
            boolean reached = definer == null || definer.gone() || definer.revision() >= revision;
            return reached ? next : before;
        }

        /** Returns whether nothing will be visible any more. */
        boolean isSpent() {
            return next == null && visible() == null;
        }
    }
}
