package dev.proreus.workspace.commit;

import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.TypeGone;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.TypeRow;
import dev.proreus.workspace.type.DefinitionReader;
import dev.proreus.workspace.type.TypeCatalog;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps definitions in step with the objects of type {@code resourcetypes.proreus.dev}. */
final class TypeApplier {
    private final State state;
    private final Keys keys;
    private final TypeCatalog published;

    TypeApplier(State state, Keys keys, TypeCatalog published) {
        this.state = state;
        this.keys = keys;
        this.published = published;
    }

    /** Reads the definition that an object is to become; refuses an invalid one. Changes nothing but the id counter. */
    TypeDefinition define(WorkspaceState workspace, Mutation mutation, ObjectSections next) {
        Optional<TypeDefinition> before = definedIn(workspace, mutation.name());
        int id = before.map(TypeDefinition::id).orElse(0);
        long version = before.map(type -> type.version() + 1).orElse(1L);
        TypeDefinition after = DefinitionReader.read(
                next, id, mutation.uid(), workspace.id(), workspace.path().text(), version);
        if (before.isPresent() && !before.get().assignmentField().equals(after.assignmentField())) {
            throw RefusedException.invalid(
                    Reason.INVALID_OBJECT,
                    "resource type " + mutation.name() + " is invalid",
                    List.of(new FieldViolation(
                            "spec.assignmentField",
                            "cannot change, since agents' claims stand on it: it is '"
                                    + before.get().assignmentField() + "'")));
        }
        before.ifPresent(type -> checkFieldsKept(type, after));
        return after;
    }

    private static void checkFieldsKept(TypeDefinition before, TypeDefinition after) {
        for (String path : before.fields().selectable()) {
            if (!after.fields().paths().contains(path)) {
                throw RefusedException.invalid(
                        Reason.INVALID_OBJECT,
                        "resource type " + after.names().full() + " is invalid",
                        List.of(new FieldViolation(
                                "spec.selectableFields",
                                "must keep " + path + ", since watches may select by it; fields can only be added")));
            }
        }
    }

    /** Records a definition that was committed to a workspace. */
    void record(TypeDefinition type, WorkspaceState workspace, Batch batch) {
        TypeDefinition before = state.types.get(type.id());
        long since = before != null && before.fields().declareTheSame(type.fields())
                ? before.fields().since()
                : state.applied.sequence();
        TypeDefinition known = type.known(type.id() == 0 ? state.takeTypeId() : type.id(), since);
        state.types.put(known.id(), known);
        TypeRow row = new TypeRow(
                known.uid(), known.definedIn(), known.version(), known.names().full(), since);
        batch.put(Table.META, keys.type(known.id()), row.encode());
        long revision = workspace.revision();
        batch.whenDurable(() -> published.put(known, revision));
    }

    /** Forgets the definition whose object was deleted by the newest commit; returns it. */
    Optional<TypeDefinition> forget(WorkspaceState workspace, String name, Batch batch) {
        Optional<TypeDefinition> gone = definedIn(workspace, name);
        gone.ifPresent(type -> {
            state.types.remove(type.id());
            batch.delete(Table.META, keys.type(type.id()));
            long revision = workspace.revision();
            batch.whenDurable(() -> published.remove(type, revision));
            batch.publish(new TypeGone(state.applied.sequence(), workspace.id(), type.id()));
        });
        return gone;
    }

    /** Forgets the definitions of workspaces that have gone, and with them all objects of their types. */
    void forgetAllOf(Set<Long> workspaceIds, Batch batch) {
        List<TypeDefinition> gone = state.types.values().stream()
                .filter(type -> workspaceIds.contains(type.definedIn()))
                .toList();
        for (TypeDefinition type : gone) {
            state.types.remove(type.id());
            batch.delete(Table.META, keys.type(type.id()));
            batch.whenDurable(() -> published.remove(type, 0));
        }
    }

    /** Refuses the deletion of a definition whose type still has objects, here or below. */
    void checkUnused(String name, WorkspaceState workspace, Batch batch) {
        if (isUsed(name, workspace, batch)) {
            throw RefusedException.because(
                            Reason.TYPE_IN_USE, "resource type " + name + " still has objects: delete them first")
                    .with("type", name);
        }
    }

    /** Returns whether there are objects of the type that a workspace defines under a name, there or below. */
    boolean isUsed(String name, WorkspaceState workspace, Batch batch) {
        Optional<TypeDefinition> defined = definedIn(workspace, name);
        if (defined.isEmpty()) {
            return false;
        }
        Set<Long> holding = new HashSet<>();
        workspace.forEachInSubtree(each -> {
            // All that waits for this command waits for this look: most workspaces of a large tree are empty.
            if (each.row().counts().objects() > 0) {
                holding.add(each.id());
            }
        });
        return batch.hasObjects(holding, defined.get().id());
    }

    private Optional<TypeDefinition> definedIn(WorkspaceState workspace, String fullName) {
        return state.types.values().stream()
                .filter(type -> type.definedIn() == workspace.id()
                        && type.names().full().equals(fullName))
                .findAny();
    }
}
