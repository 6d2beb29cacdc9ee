package dev.proreus.workspace.commit;

import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.canonical.WriteRule;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to write one object, judged by nobody yet but in canonical form.
 *
 * @param verb what to do
 * @param workspaceId internal id of the workspace
 * @param typeId internal id of the resource type
 * @param typeVersion version of the type's definition that the wish was judged under; 0 where it rests on none
 * @param name name of the object, valid; for CREATE empty where it is to be made up after the object's generateName
 * @param object its sections; null for DELETE
 * @param uid the uid that the object must have; empty for any
 * @param resourceVersion the resource version that it must have; 0 for any
 * @param manager who writes; not empty
 * @param force takes the object over from another manager
 * @param fence the agent's session that writes; null for people and programs
 */
public record ObjectWrite(
        Verb verb,
        long workspaceId,
        int typeId,
        long typeVersion,
        String name,
        @Nullable ObjectSections object,
        String uid,
        long resourceVersion,
        String manager,
        boolean force,
        @Nullable Fence fence) {
    /** The field manager of what the server writes itself. */
    public static final String SERVER = "proreus";

    /** What to do with the object. */
    public enum Verb {
        /** Create it; refused where the name is taken. */
        CREATE,
        /**
         * Replace the spec, and the fields of metadata that are {@link WriteRule#REPLACED} or
         * {@link WriteRule#REPLACED_WHERE_GIVEN}, given or not.
         */
        UPDATE,
        /** Replace the status, conditions merged by type. */
        UPDATE_STATUS,
        /**
         * Create it, or replace the spec and the fields of metadata that are {@link WriteRule#REPLACED}, given or not,
         * and those that are {@link WriteRule#REPLACED_WHERE_GIVEN} where they are given.
         */
        APPLY,
        /** Delete it. */
        DELETE;

        /** Returns the field of a write that asks for it, such as {@code create}. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns whether the name is to be made up. */
    boolean isNameless() {
        return verb == Verb.CREATE && name.isEmpty();
    }

    /** Returns the name, or where it is to be made up one that it could be. */
    public String nameOrSample() {
        ObjectSections sections = object;
        return isNameless() && sections != null
                ? GeneratedName.after(sections.metadata().generateName(), new UUID(0, 0), 0)
                : name;
    }

    /** Returns the bytes that it takes while it waits, roughly. */
    int weight() {
        ObjectSections sections = object;
        if (sections == null) {
            return BASE_BYTES;
        }
        int spec = sections.spec() == null ? 0 : sections.spec().size();
        StatusSections status = sections.status();
        int reported = status == null ? 0 : status.bytes();
        return BASE_BYTES + uid.length() + spec + sections.metadata().bytes() + reported;
    }

    /** Bytes of a command without its sections: names, keys and the objects around them. */
    static final int BASE_BYTES = 512;
}
