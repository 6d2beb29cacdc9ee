package dev.proreus.workspace.commit;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.rows.DedupRow;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies commands that write objects: judges every wish of a command first, each against what the commands before
 * left, and only then commits all of them at one revision. So a command that is refused leaves no trace.
 */
final class ObjectApplier {
    private final State state;
    private final TypeApplier types;
    private final AgentApplier agents;
    private final RequestLedger requests;

    ObjectApplier(State state, TypeApplier types, AgentApplier agents, RequestLedger requests) {
        this.state = state;
        this.types = types;
        this.agents = agents;
        this.requests = requests;
    }

    Receipt apply(Command.WriteObjects command, Batch batch) {
        WorkspaceState workspace = state.workspace(command.wishes().workspaceId());
        RequestMark request = command.request();
        DedupRow known = requests.find(request, workspace.id(), command, batch);
        if (known != null) {
            return repeated(known);
        }
        Judgement judged = judge(command, workspace, batch);
        if (command.wishes().dryRun()) {
            return new Receipt(workspace.revision(), judged.preview(), false);
        }
        if (!judged.mutations().isEmpty()) {
            batch.commit(workspace, judged.mutations(), command.time());
            judged.definitions().forEach(type -> types.record(type, workspace, batch));
            judged.mutations().forEach(mutation -> follow(workspace, mutation, batch));
            if (request != null) {
                requests.put(request, workspace.id(), judged.row(request), batch);
            }
        }
        return new Receipt(workspace.revision(), judged.answers(), false);
    }

    /**
     * Deletes an object because its workspace is going; does nothing where that was taken back after it was asked for.
     */
    void end(Command.EndObject command, Batch batch) {
        WorkspaceState workspace = state.workspace(command.delete().wishes().workspaceId());
        if (workspace.isEnding(batch.notBeforeLog(command.time()))) {
            apply(command.delete(), batch);
        }
    }

    /** Returns what a request did the first time, its objects named only. */
    private static Receipt repeated(DedupRow known) {
        List<Written> list = known.writes().stream()
                .map(write -> new Written(
                        write.typeId(),
                        new ObjectSections(
                                        "",
                                        "",
                                        MetaSections.EMPTY
                                                .withName(write.name())
                                                .withUid(write.uid().toString())
                                                .withResourceVersion(write.resourceVersion()),
                                        null,
                                        null)
                                .encode(),
                        write.outcome() == DedupRow.Outcome.DELETED ? known.revision() : write.resourceVersion(),
                        outcome(write.outcome())))
                .toList();
        return new Receipt(known.revision(), list, true);
    }

    private static Written.Outcome outcome(DedupRow.Outcome outcome) {
        return switch (outcome) {
            case CREATED -> Written.Outcome.CREATED;
            case UPDATED -> Written.Outcome.UPDATED;
            case UNCHANGED -> Written.Outcome.UNCHANGED;
            case DELETED -> Written.Outcome.DELETED;
        };
    }

    private Judgement judge(Command.WriteObjects command, WorkspaceState workspace, Batch batch) {
        List<ObjectWrite> wishes = command.wishes().list();
        Judgement judged = new Judgement(workspace.id(), workspace.revision() + 1);
        WriteRefusals refusals = new WriteRefusals();
        for (int i = 0; i < wishes.size(); i++) {
            ObjectWrite wish = wishes.get(i);
            Verdict verdict;
            TypeDefinition definition;
            try {
                verdict = judge(wish, command.freshUids().get(i), command.time(), workspace, judged, batch);
                definition = definition(workspace, verdict, command.time(), batch);
            } catch (RefusedException refusal) {
                if (!command.wishes().together()) {
                    throw refusal;
                }
                refusals.add("writes[" + i + "]." + wish.verb().word(), i, refusal);
                continue;
            }
            judged.add(verdict, definition, wish.verb() != ObjectWrite.Verb.DELETE);
        }
        refusals.throwIfAny();
        judged.checkApart();
        workspace.checkRoom(judged.growth());
        return judged;
    }

    private Verdict judge(
            ObjectWrite wish, UUID freshUid, Instant time, WorkspaceState workspace, Judgement judged, Batch batch) {
        TypeDefinition type = state.type(wish.typeId());
        checkGrounds(wish, type);
        String name = wish.isNameless() ? freeName(workspace, wish, freshUid, judged, batch) : wish.name();
        if (judged.writes(type, name)) {
            // A name that was made up for a wish before: with another chance it will be another.
            throw RefusedException.because(
                    Reason.CONTENTION, "the name " + name + " was made up for another write of the request: try again");
        }
        Stored current = batch.find(workspace.id(), type.id(), name);
        boolean stays = isEndingWithObjects(workspace, type, name, time, batch);
        return new ObjectJudge(workspace, type, wish, current, stays, time).judge(name, freshUid, agents);
    }

    /** Returns whether something is a resource type that still has objects, which go together with its workspace. */
    private boolean isEndingWithObjects(
            WorkspaceState workspace, TypeDefinition type, String name, Instant time, Batch batch) {
        return type.id() == SystemTypes.RESOURCE_TYPES.id()
                && workspace.isEnding(batch.notBeforeLog(time))
                && types.isUsed(name, workspace, batch);
    }

    /** Refuses a wish that was judged under another definition than the one that is in force: to be judged again. */
    private static void checkGrounds(ObjectWrite wish, TypeDefinition type) {
        if (wish.typeVersion() != 0 && wish.typeVersion() != type.version()) {
            throw RefusedException.because(
                            Reason.CONTENTION,
                            "the resource type " + type.names().full()
                                    + " changed while the request was under way, again and again: try again")
                    .with("type", type.names().full());
        }
    }

    /** Returns a name that neither an object nor a wish before has, or the last one tried. */
    private static String freeName(
            WorkspaceState workspace, ObjectWrite wish, UUID chance, Judgement judged, Batch batch) {
        String prefix = Objects.requireNonNull(wish.object()).metadata().generateName();
        String name = "";
        for (int attempt = 0; attempt < GeneratedName.TRIES; attempt++) {
            name = GeneratedName.after(prefix, chance, attempt);
            if (!judged.names(name) && batch.find(workspace.id(), wish.typeId(), name) == null) {
                break;
            }
        }
        return name;
    }

    /** Returns the definition that a resource type's object would give; refuses what cannot be one, or cannot go. */
    private @Nullable TypeDefinition definition(WorkspaceState workspace, Verdict verdict, Instant time, Batch batch) {
        if (!(verdict instanceof Verdict.Change change)
                || change.mutation().type().id() != SystemTypes.RESOURCE_TYPES.id()) {
            return null;
        }
        Mutation mutation = change.mutation();
        Stored next = mutation.next();
        if (next == null) {
            types.checkUnused(mutation.name(), workspace, batch);
            return null;
        }
        boolean marked = next.sections().metadata().deletion() != null;
        if (marked && !workspace.isEnding(batch.notBeforeLog(time))) {
            types.checkUnused(mutation.name(), workspace, batch);
        }
        return types.define(workspace, mutation, next.sections());
    }

    /** Does what follows from an object that has gone. */
    private void follow(WorkspaceState workspace, Mutation mutation, Batch batch) {
        if (mutation.next() != null) {
            return;
        }
        if (mutation.type().id() == SystemTypes.RESOURCE_TYPES.id()) {
            types.forget(workspace, mutation.name(), batch).ifPresent(type -> agents.forgetClaimsOn(type.id(), batch));
        } else if (mutation.type().id() == SystemTypes.AGENTS.id()) {
            agents.forget(workspace, mutation.name(), batch);
        }
    }
}
