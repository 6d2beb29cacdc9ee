package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.canonical.MetaField;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges one wish: checks what it requires of the object that it meets, and splices what the object is to become.
 * Changes nothing.
 */
final class ObjectJudge {
    private final WorkspaceState workspace;
    private final TypeDefinition type;
    private final ObjectWrite wish;
    private final @Nullable Stored current;
    private final boolean stays;
    private final Instant time;

    /**
     * Makes the judge of one wish.
     *
     * @param current the object that it meets; null where there is none
     * @param stays whether it is left, marked, when its last finalizer goes: its workspace takes it along
     * @param time when the command was made
     */
    ObjectJudge(
            WorkspaceState workspace,
            TypeDefinition type,
            ObjectWrite wish,
            @Nullable Stored current,
            boolean stays,
            Instant time) {
        this.workspace = workspace;
        this.type = type;
        this.wish = wish;
        this.current = current;
        this.stays = stays;
        this.time = time;
    }

    /**
     * Returns what the wish comes to, or refuses it.
     *
     * @param name the object's name, which the wish may have left open
     * @param freshUid the object's uid where it comes to be
     */
    Verdict judge(String name, UUID freshUid, AgentApplier agents) {
        boolean mayCreate = wish.verb() == ObjectWrite.Verb.CREATE
                || (wish.verb() == ObjectWrite.Verb.APPLY && wish.uid().isEmpty() && wish.resourceVersion() == 0);
        Stored found = current;
        if (found == null && mayCreate) {
            return create(name, freshUid);
        }
        if (found == null) {
            throw notFound();
        }
        checkPreconditions(found);
        return switch (wish.verb()) {
            case CREATE -> throw alreadyExists(found);
            case DELETE -> delete(found);
            case UPDATE_STATUS -> report(found, agents);
            case UPDATE, APPLY -> replace(found);
        };
    }

    private Verdict create(String name, UUID freshUid) {
        workspace.checkNotTerminating();
        ObjectSections wanted = Objects.requireNonNull(wish.object());
        MetaSections metadata = wanted.metadata()
                .givenAtCreation()
                .withName(name)
                .withUid(freshUid.toString())
                .withGeneration(1)
                .withCreation(time);
        ObjectSections next = wanted.withMetadata(metadata)
                .withStatus(null)
                .withType(
                        wanted.apiVersion().isEmpty() ? type.apiVersion() : wanted.apiVersion(),
                        type.names().kind());
        Stored made = Stored.at(revision(), freshUid, next, Stored.owners(wish.manager()));
        int finalizers = metadata.finalizerNames().size();
        return new Verdict.Change(Mutation.create(type, name, made, finalizers), Written.Outcome.CREATED);
    }

    private Verdict replace(Stored found) {
        ObjectSections wanted = Objects.requireNonNull(wish.object());
        ObjectSections before = found.sections();
        MetaSections metadata = before.metadata().replacedBy(wanted.metadata(), wish.verb() == ObjectWrite.Verb.APPLY);
        boolean specChanged = !Objects.equals(orEmpty(before.spec()), orEmpty(wanted.spec()));
        ObjectSections next = before.withSpec(wanted.spec())
                .withType(wanted.apiVersion().isEmpty() ? before.apiVersion() : wanted.apiVersion(), before.kind())
                .withMetadata(specChanged ? metadata.withGeneration(metadata.generation() + 1) : metadata);
        if (!specChanged && (next.equals(before) || next.encode().equals(found.object()))) {
            return new Verdict.Same(type, wish.name(), found);
        }
        boolean foreign = !found.manager().equals(wish.manager());
        if (wish.verb() == ObjectWrite.Verb.APPLY && foreign && !wish.force()) {
            throw fieldConflict(found);
        }
        List<String> finalizers = metadata.finalizerNames();
        if (specChanged || !before.metadata().finalizerNames().containsAll(finalizers)) {
            workspace.checkNotTerminating();
        }
        if (metadata.deletion() != null) {
            checkNoneAdded(before.metadata().finalizerNames(), finalizers);
            if (finalizers.isEmpty() && !stays) {
                return gone(found, before);
            }
        }
        int sections = (specChanged ? Sections.SPEC : 0)
                | (metadata.equals(before.metadata()) && specChanged ? 0 : Sections.METADATA);
        ByteString owners = foreign ? Stored.owners(wish.manager()) : found.owners();
        return change(found, next, sections, owners, 0);
    }

    /** Deletes the object, or where finalizers are left, marks it so that they get to act. */
    private Verdict delete(Stored found) {
        ObjectSections before = found.sections();
        MetaSections metadata = before.metadata();
        if (!metadata.has(MetaField.FINALIZERS)) {
            return gone(found, before);
        }
        if (metadata.deletion() != null) {
            return new Verdict.Same(type, wish.name(), found);
        }
        MetaSections marked = metadata.withDeletion(time).withGeneration(metadata.generation() + 1);
        return change(found, before.withMetadata(marked), Sections.METADATA, found.owners(), 0);
    }

    private Verdict gone(Stored found, ObjectSections before) {
        int finalizers = before.metadata().finalizerNames().size();
        return new Verdict.Change(Mutation.delete(type, wish.name(), found, finalizers), Written.Outcome.DELETED);
    }

    private Verdict report(Stored found, AgentApplier agents) {
        ObjectSections before = found.sections();
        Fence fence = wish.fence();
        agents.checkDriver(workspace, type, wish.name(), type.fields().assignment(before.spec()), fence);
        StatusSections reported = Objects.requireNonNull(wish.object()).status();
        StatusSections status =
                StatusSections.merge(before.status(), reported == null ? StatusSections.EMPTY : reported, time);
        checkObserved(status.observedGeneration(), before.metadata().generation());
        ObjectSections next = before.withStatus(status);
        if (next.encode().equals(found.object())) {
            return new Verdict.Same(type, wish.name(), found);
        }
        return change(found, next, Sections.STATUS, found.owners(), fence == null ? 0 : fence.epoch());
    }

    private Verdict change(Stored found, ObjectSections next, int sections, ByteString owners, long reporterEpoch) {
        UUID uid = found.head().uid();
        Stored after = Stored.at(revision(), uid, next, owners);
        int more = sections == Sections.STATUS
                ? 0
                : next.metadata().finalizerNames().size()
                        - found.sections().metadata().finalizerNames().size();
        return new Verdict.Change(
                new Mutation(type, wish.name(), uid, found, after, sections, reporterEpoch, more),
                Written.Outcome.UPDATED);
    }

    /** Returns the revision that the command makes, if it makes one. */
    private long revision() {
        return workspace.revision() + 1;
    }

    private static ByteString orEmpty(@Nullable ByteString spec) {
        return spec == null ? ByteString.EMPTY : spec;
    }

    private void checkPreconditions(Stored found) {
        if (!wish.uid().isEmpty() && !wish.uid().equals(found.head().uid().toString())) {
            throw named(
                            Reason.UID_MISMATCH,
                            "the object " + wish.name() + " is another one now, of uid "
                                    + found.head().uid() + ": read it again")
                    .with("uid", found.head().uid());
        }
        long revision = found.head().revision();
        if (wish.resourceVersion() != 0 && wish.resourceVersion() != revision) {
            throw named(
                            Reason.RESOURCE_VERSION_CONFLICT,
                            "the object " + wish.name() + " changed: it is at resource version " + revision + ", not "
                                    + wish.resourceVersion() + ": read it again, then retry")
                    .with("resourceVersion", revision);
        }
    }

    private static void checkNoneAdded(List<String> before, List<String> wanted) {
        List<FieldViolation> violations = wanted.stream()
                .filter(finalizer -> !before.contains(finalizer))
                .map(finalizer -> new FieldViolation(
                        "metadata.finalizers",
                        "adds " + finalizer + " to an object that is being deleted; finalizers are only removed now"))
                .toList();
        if (!violations.isEmpty()) {
            throw RefusedException.invalid(Reason.INVALID_OBJECT, "the object is being deleted", violations);
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

    private RefusedException fieldConflict(Stored found) {
        return RefusedException.because(
                        Reason.FIELD_CONFLICT,
                        "the object " + wish.name() + " was last applied by field manager '" + found.manager()
                                + "', not '" + wish.manager() + "': force takes it over")
                .with("name", wish.name())
                .with("manager", found.manager());
    }

    private RefusedException notFound() {
        boolean declares = wish.verb() == ObjectWrite.Verb.UPDATE || wish.verb() == ObjectWrite.Verb.APPLY;
        return named(
                Reason.OBJECT_NOT_FOUND,
                "there is no " + type.names().singular() + " named " + wish.name() + " in workspace "
                        + workspace.path() + ": " + (declares ? "create it, or " : "")
                        + "list them to see those that are");
    }

    private RefusedException alreadyExists(Stored found) {
        return named(
                        Reason.ALREADY_EXISTS,
                        "a " + type.names().singular() + " named "
                                + found.sections().metadata().name() + " exists already in workspace "
                                + workspace.path() + ": update or apply it")
                .with("uid", found.head().uid());
    }

    private RefusedException named(Reason reason, String message) {
        return RefusedException.because(reason, message)
                .with("workspace", workspace.path())
                .with("type", type.names().full())
                .with("name", wish.name());
    }
}
