package dev.proreus.workspace;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store remembers, read in bounded chunks. Calls block on the disk: never call them on an event loop.
 * Thread-safe. Every position asked for must have been published.
 *
 * <p>What lies below the floor of a workspace is refused with RESOURCE_VERSION_EXPIRED, never passed over.
 */
public interface History {
    /**
     * Reads what was committed in a scope, of all types, in order of position, whole positions only.
     *
     * @param afterExclusive the position to start after
     * @param throughInclusive the newest position to read
     * @param maxRows about how many rows to read at most; at least one position is read
     * @return a chunk; its changes read their bodies when asked for them, so it is used at once, by one thread
     */
    Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows);

    /**
     * Reads bodies of changes that {@link #log} gave, together, up to a bound of bytes: those that it leaves out are
     * read when they are asked for.
     *
     * @param room where bodies may lie; {@link BodyRoom#OWN} where they are to last
     */
    default void readAhead(List<ChangeView> changes, BodyRoom room) {}

    /**
     * Reads what was committed to one name, out of its versions, in order of revision.
     *
     * @param origins whether sections and reporters are wanted, which costs a row of the log for each change; without
     *     it a change seems to have touched everything, by nobody
     * @param maxRows how many changes to read at most
     */
    Log versions(
            long workspaceId,
            int typeId,
            String name,
            long afterExclusive,
            long throughInclusive,
            boolean origins,
            int maxRows);

    /**
     * Reads the objects of a type as they stood at a revision, ordered by the bytes of their names.
     *
     * @param name the only object to read, or null for all of the type
     * @param afterName where to go on, exclusive; null for the start
     * @param atRevision the revision to read at
     * @param maxObjects bound of the page in objects
     * @param maxBytes bytes of objects after which the page is closed
     */
    States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects,
            int maxBytes);

    /**
     * Returns the workspaces of a subtree with the revision that each had when the store was at a sequence, by internal
     * id in ascending order: a consistent cut. It may leave out those that had no objects then, and leaves out those
     * that are gone by now.
     *
     * @param sequence the last one of a commit batch
     */
    SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence);

    /**
     * Changes in order.
     *
     * @param changes the changes
     * @param reached everything up to this position, inclusive, is in this chunk or the ones before
     */
    record Log(List<ChangeView> changes, long reached) {
        public Log {
            changes = List.copyOf(changes);
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
