package dev.proreus.workspace.commit;

import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One object's step from what it was to what it is to be.
 *
 * @param type its type
 * @param name its name
 * @param uid its identity
 * @param previous what it was; null where it comes to be
 * @param next what it is to be, at the revision that the step is committed at; null where it goes
 * @param sections mask of {@link Sections} that change
 * @param reporterEpoch epoch of the session whose report this is, else 0
 * @param finalizers by how many its finalizers become more
 */
record Mutation(
        TypeDefinition type,
        String name,
        UUID uid,
        @Nullable Stored previous,
        @Nullable Stored next,
        int sections,
        long reporterEpoch,
        int finalizers) {
    private static final int ALL = Sections.METADATA | Sections.SPEC | Sections.STATUS;

    /** Returns by how much its workspace grows. */
    Usage growth() {
        return usage(next).plus(usage(previous).negated()).plus(new Usage(0, 0, finalizers));
    }

    private static Usage usage(@Nullable Stored stored) {
        return stored == null ? Usage.NONE : new Usage(1, stored.bytes(), 0);
    }

    /** Returns the step of an object that comes to be. */
    static Mutation create(TypeDefinition type, String name, Stored next, int finalizers) {
        return new Mutation(type, name, next.head().uid(), null, next, ALL, 0, finalizers);
    }

    /** Returns the step of an object that goes, with the finalizers that it has left. */
    static Mutation delete(TypeDefinition type, String name, Stored previous, int finalizers) {
        return new Mutation(type, name, previous.head().uid(), previous, null, ALL, 0, -finalizers);
    }

    ChangeKind kind() {
        if (previous == null) {
            return ChangeKind.ADDED;
        }
        return next == null ? ChangeKind.DELETED : ChangeKind.MODIFIED;
    }

    /** Returns the object after the step, or for one that goes before it. */
    Stored shown() {
        Stored either = next == null ? previous : next;
        if (either == null) {
            throw new IllegalStateException("a step of " + name + " from nothing to nothing");
        }
        return either;
    }
}
