package dev.proreus.workspace.commit;

import dev.proreus.workspace.Limits;
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
    private final List<Written> answers = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long bytesFound;
    private long bytesLeft;

    /** Starts the judgement of a command that makes a revision of a workspace. */
    Judgement(long workspaceId, long revision) {
        this.workspaceId = workspaceId;
        this.revision = revision;
    }

    /** Returns whether a wish before has an object of a name. */
    boolean names(String name) {
        return names.contains(name);
    }

    /** Takes in what one wish comes to; refuses where the command grows beyond its bounds. */
    void add(Verdict verdict, @Nullable TypeDefinition definition) {
        if (verdict instanceof Verdict.Change change) {
            Mutation mutation = change.mutation();
            bytesFound = checked(bytesFound + bytes(mutation.previous()), "found");
            bytesLeft = checked(bytesLeft + bytes(mutation.next()), "left");
            mutations.add(mutation);
            names.add(mutation.name());
            answers.add(new Written(mutation.shown().object(), revision, change.outcome()));
        } else if (verdict instanceof Verdict.Same same) {
            Stored current = same.current();
            bytesFound = checked(bytesFound + bytes(current), "found");
            answers.add(new Written(current.object(), current.head().revision(), Written.Outcome.UNCHANGED));
        }
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

    private static int bytes(@Nullable Stored stored) {
        return stored == null ? 0 : stored.bytes();
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

    List<Mutation> mutations() {
        return mutations;
    }

    List<TypeDefinition> definitions() {
        return definitions;
    }

    List<Written> answers() {
        return answers;
    }
}
