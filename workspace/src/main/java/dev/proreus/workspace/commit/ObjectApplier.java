package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Applies writes of objects: checks what the wish requires of the object, and splices what it is to become. */
final class ObjectApplier {
    private final State state;
    private final TypeApplier types;
    private final AgentApplier agents;

    ObjectApplier(State state, TypeApplier types, AgentApplier agents) {
        this.state = state;
        this.types = types;
        this.agents = agents;
    }

    Written apply(Command.WriteObject command, Batch batch) {
        ObjectWrite wish = command.wish();
        WorkspaceState workspace = state.workspace(wish.workspaceId());
        TypeDefinition type = state.type(wish.typeId());
        Stored current = batch.find(workspace.id(), type.id(), wish.name());
        boolean mayCreate = wish.verb() == ObjectWrite.Verb.CREATE
                || (wish.verb() == ObjectWrite.Verb.APPLY && wish.uid().isEmpty() && wish.resourceVersion() == 0);
        if (current == null && mayCreate) {
            return create(command, workspace, type, batch);
        }
        if (current == null) {
            throw notFound(workspace, type, wish.name());
        }
        checkPreconditions(wish, workspace, type, current);
        return switch (wish.verb()) {
            case CREATE -> throw alreadyExists(workspace, type, current);
            case DELETE -> delete(command, workspace, type, current, batch);
            case UPDATE_STATUS -> report(command, workspace, type, current, batch);
            case UPDATE, APPLY -> replace(command, workspace, type, current, batch);
        };
    }

    private Written create(Command.WriteObject command, WorkspaceState workspace, TypeDefinition type, Batch batch) {
        ObjectSections wanted = Objects.requireNonNull(command.wish().object());
        MetaSections metadata = wanted.metadata()
                .withName(command.wish().name())
                .withUid(command.freshUid().toString())
                .withGeneration(1)
                .withResourceVersion(0)
                .withCreation(command.time());
        ObjectSections next = wanted.withMetadata(metadata)
                .withStatus(null)
                .withType(
                        wanted.apiVersion().isEmpty() ? type.apiVersion() : wanted.apiVersion(),
                        type.names().kind());
        Mutation mutation = Mutation.create(
                type,
                command.wish().name(),
                command.freshUid(),
                next,
                command.wish().manager());
        return commit(command, workspace, mutation, batch, Written.Outcome.CREATED);
    }

    private Written replace(
            Command.WriteObject command, WorkspaceState workspace, TypeDefinition type, Stored current, Batch batch) {
        ObjectWrite wish = command.wish();
        ObjectSections wanted = Objects.requireNonNull(wish.object());
        ObjectSections before = current.sections();
        boolean keepAnnotations = wish.verb() == ObjectWrite.Verb.APPLY
                && wanted.metadata().annotations().isEmpty();
        MetaSections metadata = before.metadata()
                .withEncodedMaps(
                        wanted.metadata().labels(),
                        keepAnnotations
                                ? before.metadata().annotations()
                                : wanted.metadata().annotations());
        boolean specChanged = !Objects.equals(orEmpty(before.spec()), orEmpty(wanted.spec()));
        ObjectSections next = before.withSpec(wanted.spec())
                .withType(wanted.apiVersion().isEmpty() ? before.apiVersion() : wanted.apiVersion(), before.kind())
                .withMetadata(specChanged ? metadata.withGeneration(metadata.generation() + 1) : metadata);
        if (next.equals(before) || next.encode().equals(current.object())) {
            return unchanged(current);
        }
        boolean foreign = !current.manager().equals(wish.manager());
        if (wish.verb() == ObjectWrite.Verb.APPLY && foreign && !wish.force()) {
            throw fieldConflict(wish, current);
        }
        int sections = (specChanged ? Sections.SPEC : 0)
                | (metadata.equals(before.metadata()) && specChanged ? 0 : Sections.METADATA);
        Mutation mutation =
                new Mutation(type, wish.name(), current.head().uid(), current, next, sections, wish.manager(), 0);
        return commit(command, workspace, mutation, batch, Written.Outcome.UPDATED);
    }

    private Written report(
            Command.WriteObject command, WorkspaceState workspace, TypeDefinition type, Stored current, Batch batch) {
        ObjectWrite wish = command.wish();
        ObjectSections before = current.sections();
        Fence fence = wish.fence();
        agents.checkDriver(workspace, type, wish.name(), type.fields().assignment(before.spec()), fence);
        StatusSections reported = Objects.requireNonNull(wish.object()).status();
        StatusSections status = StatusSections.merge(
                before.status(), reported == null ? StatusSections.EMPTY : reported, command.time());
        checkObserved(status.observedGeneration(), before.metadata().generation());
        ObjectSections next = before.withStatus(status);
        if (next.encode().equals(current.object())) {
            return unchanged(current);
        }
        Mutation mutation = new Mutation(
                type,
                wish.name(),
                current.head().uid(),
                current,
                next,
                Sections.STATUS,
                current.manager(),
                fence == null ? 0 : fence.epoch());
        return commit(command, workspace, mutation, batch, Written.Outcome.UPDATED);
    }

    private Written delete(
            Command.WriteObject command, WorkspaceState workspace, TypeDefinition type, Stored current, Batch batch) {
        types.checkUnused(type, command.wish().name(), workspace, batch);
        Mutation mutation = Mutation.delete(type, command.wish().name(), current);
        return commit(command, workspace, mutation, batch, Written.Outcome.DELETED);
    }

    private Written commit(
            Command.WriteObject command,
            WorkspaceState workspace,
            Mutation mutation,
            Batch batch,
            Written.Outcome outcome) {
        ObjectSections next = mutation.next();
        TypeDefinition defined = next != null && mutation.type().id() == SystemTypes.RESOURCE_TYPES.id()
                ? types.define(workspace, mutation, next)
                : null;
        ByteString object = batch.commit(workspace, mutation, command.time());
        if (defined != null) {
            types.record(defined, batch);
        } else if (mutation.type().id() == SystemTypes.RESOURCE_TYPES.id()) {
            types.forget(workspace, mutation.name(), batch);
        } else if (next == null && mutation.type().id() == SystemTypes.AGENTS.id()) {
            agents.forget(workspace, mutation.name(), batch);
        }
        return new Written(object, workspace.revision(), outcome);
    }

    private static Written unchanged(Stored current) {
        return new Written(current.object(), current.head().revision(), Written.Outcome.UNCHANGED);
    }

    private static ByteString orEmpty(@Nullable ByteString spec) {
        return spec == null ? ByteString.EMPTY : spec;
    }

    private static void checkPreconditions(
            ObjectWrite wish, WorkspaceState workspace, TypeDefinition type, Stored current) {
        if (!wish.uid().isEmpty() && !wish.uid().equals(current.head().uid().toString())) {
            throw named(
                            Reason.UID_MISMATCH,
                            "the object " + wish.name() + " is another one now, of uid "
                                    + current.head().uid() + ": read it again",
                            workspace,
                            type,
                            wish.name())
                    .with("uid", current.head().uid());
        }
        long revision = current.head().revision();
        if (wish.resourceVersion() != 0 && wish.resourceVersion() != revision) {
            throw named(
                            Reason.RESOURCE_VERSION_CONFLICT,
                            "the object " + wish.name() + " changed: it is at resource version " + revision + ", not "
                                    + wish.resourceVersion() + ": read it again, then retry",
                            workspace,
                            type,
                            wish.name())
                    .with("resourceVersion", revision);
        }
    }

    private static void checkObserved(OptionalLong observed, long generation) {
        if (observed.orElse(0) > generation) {
            throw RefusedException.invalid(
                    Reason.INVALID_OBJECT,
                    "the status is invalid",
                    List.of(new FieldViolation(
                            "status.observedGeneration",
                            "is " + observed.orElse(0) + ", ahead of the object's generation " + generation)));
        }
    }

    private static RefusedException fieldConflict(ObjectWrite wish, Stored current) {
        return RefusedException.because(
                        Reason.FIELD_CONFLICT,
                        "the object " + wish.name() + " was last applied by field manager '" + current.manager()
                                + "', not '" + wish.manager() + "': force takes it over")
                .with("name", wish.name())
                .with("manager", current.manager());
    }

    private static RefusedException notFound(WorkspaceState workspace, TypeDefinition type, String name) {
        return named(
                Reason.OBJECT_NOT_FOUND,
                "there is no " + type.names().singular() + " named " + name + " in workspace " + workspace.path(),
                workspace,
                type,
                name);
    }

    private static RefusedException alreadyExists(WorkspaceState workspace, TypeDefinition type, Stored current) {
        String name = current.sections().metadata().name();
        return named(
                        Reason.ALREADY_EXISTS,
                        "a " + type.names().singular() + " named " + name + " exists already in workspace "
                                + workspace.path() + ": update or apply it",
                        workspace,
                        type,
                        name)
                .with("uid", current.head().uid());
    }

    private static RefusedException named(
            Reason reason, String message, WorkspaceState workspace, TypeDefinition type, String name) {
        return RefusedException.because(reason, message)
                .with("workspace", workspace.path())
                .with("type", type.names().full())
                .with("name", name);
    }
}
