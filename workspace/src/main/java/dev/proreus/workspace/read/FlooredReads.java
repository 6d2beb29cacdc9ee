package dev.proreus.workspace.read;

import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.store.StoreCorruptException;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of what lies at or above the floor, the one place where that is seen to.
 *
 * <p>A floor rises, durably and for all to see, before anything below it is deleted. So a read that finds the floor
 * where it may be, before it begins and again after it has ended, has missed nothing; where the floor has passed it by
 * in between, what it found is thrown away, a missing row included, and it is refused as too old. A single row that is
 * asked for later, or by a subtree, is there and exact, or it is missing: then {@link ObjectReader#missing} tells why.
 */
public final class FlooredReads implements History {
    private final ObjectReader reader;
    private final FloorLookup floors;

    /** Guards a reader. */
    public FlooredReads(ObjectReader reader, FloorLookup floors) {
        this.reader = reader;
        this.floors = floors;
    }

    /** Returns what reads have cost so far. */
    public ReadCounts counts() {
        return reader.counts();
    }

    @Override
    public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
        if (scope instanceof Scope.Subtree) {
            return reader.log(scope, afterExclusive, throughInclusive, maxRows);
        }
        return floored(
                scope.workspaceId(),
                afterExclusive,
                () -> reader.log(scope, afterExclusive, throughInclusive, maxRows));
    }

    @Override
    public void readAhead(List<ChangeView> changes, BodyRoom room) {
        reader.readAhead(changes, room);
    }

    @Override
    public Log versions(
            long workspaceId,
            int typeId,
            String name,
            long afterExclusive,
            long throughInclusive,
            boolean origins,
            int maxRows) {
        return floored(
                workspaceId,
                afterExclusive,
                () -> reader.versions(workspaceId, typeId, name, afterExclusive, throughInclusive, origins, maxRows));
    }

    @Override
    public States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects,
            int maxBytes) {
        return floored(
                workspaceId,
                atRevision,
                () -> reader.states(workspaceId, typeId, name, afterName, atRevision, maxObjects, maxBytes));
    }

    /** Returns one object as it stood at a revision, or null where it did not exist. */
    public @Nullable ObjectState state(long workspaceId, int typeId, String name, long atRevision) {
        States one = states(workspaceId, typeId, name, null, atRevision, 1, 1);
        return one.list().isEmpty() ? null : one.list().get(0);
    }

    @Override
    public SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
        return reader.revisions(scope, sequence);
    }

    private <R> R floored(long workspaceId, long revision, Supplier<R> read) {
        floors.check(workspaceId, revision);
        R found;
        try {
            found = read.get();
        } catch (StoreCorruptException e) {
            floors.check(workspaceId, revision);
            throw e;
        }
        floors.check(workspaceId, revision);
        return found;
    }
}
