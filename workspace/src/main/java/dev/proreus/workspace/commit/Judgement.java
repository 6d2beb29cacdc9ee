package dev.proreus.workspace.commit;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.rows.DedupRow;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the wishes of one command come to, one after the other, and whether they can happen together. */
final class Judgement {
    private final long workspaceId;
    private final long revision;
    private final List<Mutation> mutations = new ArrayList<>();
    private final List<TypeDefinition> definitions = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long bytesFound;
    private long bytesLeft;
    private Usage growth = Usage.NONE;

    /** Starts the judgement of a command that makes a revision of a workspace. */
    Judgement(long workspaceId, long revision) {
        this.workspaceId = workspaceId;
        this.revision = revision;
    }

    /** Returns whether a wish before changes an object. */
    boolean writes(TypeDefinition type, String name) {
        return names.contains(name)
                && mutations.stream()
                        .anyMatch(each ->
                                each.type().id() == type.id() && each.name().equals(name));
    }

    /** Returns whether a wish before has an object of a name. */
    boolean names(String name) {
        return names.contains(name);
    }

    /**
     * Takes in what one wish comes to; refuses where the command grows beyond its bounds.
     *
     * @param needsRoom whether it is a wish that a quota may refuse: all but deletions, which add a mark at most
     */
    void add(Verdict verdict, @Nullable TypeDefinition definition, boolean needsRoom) {
        bytesFound = checked(bytesFound + bytes(verdict.previous()), "found");
        if (verdict instanceof Verdict.Change change) {
            Mutation mutation = change.mutation();
            bytesLeft = checked(bytesLeft + bytes(mutation.next()), "left");
            mutations.add(mutation);
            Usage more = mutation.growth();
            growth = needsRoom || more.bytes() < 0 ? growth.plus(more) : growth;
            names.add(mutation.name());
        }
        verdicts.add(verdict);
        if (definition != null) {
            definitions.add(definition);
        }
    }

    /** Refuses a command that writes a resource type and objects of it, whose order would matter. */
    void checkApart() {
        for (Mutation type : mutations) {
            boolean used = type.type().id() == SystemTypes.RESOURCE_TYPES.id()
                    && mutations.stream().anyMatch(object -> isOf(object, type.name()));
            if (used) {
                throw ObjectWrites.refusal(
                        "writes",
                        "hold the resource type " + type.name() + " and objects of it; write them one after the other");
            }
        }
    }

    private boolean isOf(Mutation object, String typeName) {
        TypeDefinition type = object.type();
        return type.definedIn() == workspaceId && type.names().full().equals(typeName);
    }

    /** The mark of a deletion does not count: an object that is as large as any may be can be deleted. */
    private static int bytes(@Nullable Stored stored) {
        return stored == null ? 0 : Math.min(stored.bytes(), Limits.OBJECT_BYTES);
    }

    private static long checked(long bytes, String how) {
        if (bytes > Limits.COMMAND_BYTES) {
            throw ObjectWrites.refusal(
                    "writes",
                    "have more than " + Limits.COMMAND_BYTES + " bytes of objects, as they are " + how
                            + "; write fewer together");
        }
        return bytes;
    }

    /** Returns by how much the workspace would grow, the marks of deletions not counted. */
    Usage growth() {
        return growth;
    }

    List<Mutation> mutations() {
        return mutations;
    }

    List<TypeDefinition> definitions() {
        return definitions;
    }

    /** Returns what the caller is told once it has all happened. */
    List<Written> answers() {
        return verdicts.stream().map(this::answer).toList();
    }

    /** Returns what the caller is told where it was a dry run: objects that have the resource version of before. */
    List<Written> preview() {
        return verdicts.stream().map(Judgement::preview).toList();
    }

    /** Returns what is remembered of it for a repeat of the request. */
    DedupRow row(RequestMark request) {
        return DedupRow.ofWrites(
                request.digest(),
                revision,
                verdicts.stream().map(Judgement::remembered).toList());
    }

    private Written answer(Verdict verdict) {
        long last = verdict instanceof Verdict.Change
                ? revision
                : verdict.shown().head().revision();
        return new Written(verdict.type().id(), verdict.shown().object(), last, verdict.outcome());
    }

    private static Written preview(Verdict verdict) {
        Stored before = verdict.previous();
        long version = before == null ? 0 : before.head().revision();
        ObjectSections shown = verdict.shown().sections();
        ObjectSections preview = shown.withMetadata(shown.metadata().withResourceVersion(version));
        return new Written(verdict.type().id(), preview.encode(), version, verdict.outcome());
    }

    private static DedupRow.Write remembered(Verdict verdict) {
        DedupRow.Outcome outcome = switch (verdict.outcome()) {
            case CREATED -> DedupRow.Outcome.CREATED;
            case UPDATED -> DedupRow.Outcome.UPDATED;
            case UNCHANGED -> DedupRow.Outcome.UNCHANGED;
            case DELETED -> DedupRow.Outcome.DELETED;
        };
        Stored shown = verdict.shown();
        return new DedupRow.Write(
                outcome,
                verdict.type().id(),
                verdict.name(),
                shown.head().uid(),
                shown.head().revision());
    }
}
