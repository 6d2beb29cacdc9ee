package dev.proreus.workspace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store remembers of a workspace, read in bounded chunks. Calls block on the disk: never call them on an event
 * loop. Thread-safe. Every revision asked for must have been published.
 */
public interface History {
    /**
     * Reads changes of a type in order of revision, whole revisions only.
     *
     * @param name the only object to read of, or null for all of the type
     * @param afterExclusive the revision to start after
     * @param throughInclusive the newest revision to read
     * @return a chunk bounded in rows and bytes; it may be empty and still have reached further
     */
    Changes changes(long workspaceId, int typeId, @Nullable String name, long afterExclusive, long throughInclusive);

    /**
     * Reads the objects of a type as they stood at a revision, ordered by the bytes of their names.
     *
     * @param name the only object to read, or null for all of the type
     * @param afterName where to go on, exclusive; null for the start
     * @param atRevision the revision to read at
     * @param maxObjects bound of the page in objects
     */
    States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects);

    /**
     * Changes in order.
     *
     * @param list the changes
     * @param reached everything up to this revision, inclusive, is in this chunk or the ones before
     */
    record Changes(List<Change> list, long reached) {
        public Changes {
            list = List.copyOf(list);
        }
    }

    /**
     * Objects in order of name.
     *
     * @param list the objects
     * @param more whether others follow the last of them
     */
    record States(List<ObjectState> list, boolean more) {
        public States {
            list = List.copyOf(list);
        }
    }
}
