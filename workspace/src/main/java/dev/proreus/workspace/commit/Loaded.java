package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.TypeIds;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentCodec;
import dev.proreus.workspace.agent.AgentRecord;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.MetaKind;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.StoreRow;
import dev.proreus.workspace.store.rows.TypeRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.type.DefinitionReader;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds beside objects, read whole at the start: the committer's state and what readers see of it. A fresh
 * store first gets its root workspace, durably.
 */
public final class Loaded {
    private final Keys keys;
    private final Store store;
    private final State state;
    private final Published published = Published.empty();
    private final Map<Long, Departure> gone = new TreeMap<>();

    private Loaded(Keys keys, Store store, State state) {
        this.keys = keys;
        this.store = store;
        this.state = state;
    }

    /**
     * Reads a store.
     *
     * @param first the row about the store
     * @param workspaces the rows of its workspaces by their ids, ascending; none of a fresh store
     * @param now the time of a fresh store's root workspace
     * @param ids gives random identities for it
     */
    public static Loaded from(
            Keys keys,
            Store store,
            StoreRow first,
            Map<Long, WorkspaceRow> workspaces,
            Instant now,
            Supplier<UUID> ids) {
        byte[] applied = store.get(Table.META, keys.applied());
        Map<Long, WorkspaceRow> rows = workspaces;
        if (applied == null) {
            WorkspaceRow root = WorkspaceApplier.root(ids.get(), ids.get(), now);
            applied = found(keys, store, root, now);
            rows = Map.of(1L, root);
        }
        Loaded loaded = new Loaded(keys, store, new State(first, AppliedRow.decode(applied)));
        loaded.published.sequence().set(loaded.state.applied.sequence());
        loaded.readWorkspaces(rows);
        loaded.readTypes();
        loaded.readAgents();
        return loaded;
    }

    State state() {
        return state;
    }

    /** Returns what readers see. */
    public Published published() {
        return published;
    }

    /** Returns what is gone and has rows left, in the order in which it went. */
    public List<WorkspaceGone> gone() {
        Map<Departure, List<Long>> together = new TreeMap<>(Comparator.comparingLong(Departure::sequence));
        gone.forEach((id, departure) ->
                together.computeIfAbsent(departure, each -> new ArrayList<>()).add(id));
        return together.entrySet().stream()
                .map(each -> new WorkspaceGone(each.getKey().sequence, each.getKey().top, each.getValue()))
                .toList();
    }

    /**
     * The deletion of a workspace with all below it.
     *
     * @param sequence of its commit
     * @param top internal id of the workspace
     */
    private record Departure(long sequence, long top) {}

    private static byte[] found(Keys keys, Store store, WorkspaceRow root, Instant now) {
        StoreBatch batch = new StoreBatch();
        batch.put(Table.META, keys.workspace(1), root.encode());
        AppliedRow applied = new AppliedRow(new AppliedRow.Position(1, 0), 0, now, 1, 2, TypeIds.FIRST_USER_ID);
        byte[] row = applied.encode();
        batch.put(Table.META, keys.applied(), row);
        store.write(batch);
        return row;
    }

    private void readWorkspaces(Map<Long, WorkspaceRow> all) {
        all.forEach(this::readWorkspace);
        // Only now is known what each subtree holds. A parent is shown before its children.
        for (Long id : all.keySet()) {
            WorkspaceState live = state.workspaces.get(id);
            if (live != null && published.tree().add(WorkspaceAnswers.shown(live)) != null) {
                throw new StoreCorruptException("two live workspaces have the path " + live.path()
                        + ": ./proreus doctor shows all that is wrong");
            }
        }
    }

    /** Takes a row in, a parent's always before its children's: where one is gone, so is all below it. */
    private void readWorkspace(long id, WorkspaceRow row) {
        Departure above = gone.get(row.identity().parentId());
        if (above != null) {
            gone.put(id, above);
        } else if (row.life() instanceof WorkspaceRow.Gone departed) {
            gone.put(id, new Departure(departed.sequence(), id));
        } else {
            WorkspaceState parent = state.workspaces.get(row.identity().parentId());
            state.workspaces.put(id, new WorkspaceState(place(id, row, parent), row, parent));
        }
    }

    private static Place place(long id, WorkspaceRow row, @Nullable WorkspaceState parent) {
        if (row.identity().parentId() == 0) {
            return new Place(WorkspacePath.ROOT.text(), id);
        }
        if (parent == null) {
            throw new StoreCorruptException("workspace " + row.identity().name() + " has no parent", null);
        }
        return parent.place().child(row.identity().name(), id);
    }

    private void readTypes() {
        try (var cursor = store.cursor(Table.META, keys.ranges().metaRows(MetaKind.TYPE))) {
            for (; cursor.valid(); cursor.next()) {
                if (Keys.parseMeta(cursor.key()) instanceof StoredKey.Type key) {
                    TypeRow row = TypeRow.decode(cursor.value());
                    TypeDefinition type = readType(key.typeId(), row);
                    state.types.put(type.id(), type);
                    published.types().put(type);
                }
            }
        }
    }

    private TypeDefinition readType(int id, TypeRow row) {
        ObjectSections object = object(row.definingWorkspaceId(), SystemTypes.RESOURCE_TYPES.id(), row.name());
        WorkspaceState workspace = state.workspace(row.definingWorkspaceId());
        return DefinitionReader.read(
                        object, id, row.uid(), workspace.id(), workspace.path().text(), row.definitionVersion())
                .known(id, row.fieldsSince());
    }

    /** Looks for agents where there may be any: of many workspaces most are empty, and a look costs more than a row. */
    private void readAgents() {
        for (WorkspaceState workspace : state.workspaces.values()) {
            if (workspace.row().counts().objects() > 0) {
                readAgents(workspace);
            }
        }
    }

    private void readAgents(WorkspaceState workspace) {
        try (var cursor = store.cursor(Table.HEAD, keys.ranges().objects(workspace.id(), SystemTypes.AGENTS.id()))) {
            for (; cursor.valid(); cursor.next()) {
                String name = Keys.parseHead(cursor.key()).name();
                AgentRecord agent =
                        AgentCodec.decode(object(workspace.id(), SystemTypes.AGENTS.id(), name), state::typeOf);
                state.agents.put(workspace.id(), agent);
                published.agents().put(workspace.id(), agent);
            }
        }
    }

    private ObjectSections object(long workspaceId, int typeId, String name) {
        byte[] head = store.get(Table.HEAD, keys.head(workspaceId, typeId, name));
        byte[] version = head == null
                ? null
                : store.get(
                        Table.VERSION,
                        keys.version(
                                workspaceId, typeId, name, HeadRow.decode(head).revision()));
        if (version == null || !(VersionRow.decode(version) instanceof VersionRow.State body)) {
            throw new StoreCorruptException("the object " + name + " has no newest version", null);
        }
        ByteString object = body.object();
        return ObjectSections.decode(object);
    }
}
