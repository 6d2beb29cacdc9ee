package dev.proreus.workspace.read;

import dev.proreus.workspace.History;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.store.StoreCorruptException;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of what lies at or above the floor, the one place where that is seen to.
 *
 * <p>A floor rises, durably and for all to see, before anything below it is deleted. So a read that finds the floor
 * where it may be, before it begins and again after it has ended, has missed nothing; where the floor has passed it by
 * in between, what it found is thrown away, a missing version included, and it is refused as too old.
 */
public final class FlooredReads implements History {
    private final ObjectReader reader;
    private final LongUnaryOperator floors;

    /**
     * Guards a reader.
     *
     * @param floors gives the floor of a workspace by internal id, and throws where it is gone; never goes back
     */
    public FlooredReads(ObjectReader reader, LongUnaryOperator floors) {
        this.reader = reader;
        this.floors = floors;
    }

    @Override
    public Changes changes(
            long workspaceId, int typeId, @Nullable String name, long afterExclusive, long throughInclusive) {
        return floored(
                workspaceId,
                afterExclusive,
                () -> reader.changes(workspaceId, typeId, name, afterExclusive, throughInclusive));
    }

    @Override
    public States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects) {
        return floored(
                workspaceId,
                atRevision,
                () -> reader.states(workspaceId, typeId, name, afterName, atRevision, maxObjects));
    }

    /** Returns one object as it stood at a revision, or null where it did not exist. */
    public @Nullable ObjectState state(long workspaceId, int typeId, String name, long atRevision) {
        States one = states(workspaceId, typeId, name, null, atRevision, 1);
        return one.list().isEmpty() ? null : one.list().get(0);
    }

    private <R> R floored(long workspaceId, long revision, Supplier<R> read) {
        check(workspaceId, revision);
        R found;
        try {
            found = read.get();
        } catch (StoreCorruptException e) {
            check(workspaceId, revision);
            throw e;
        }
        check(workspaceId, revision);
        return found;
    }

    private void check(long workspaceId, long revision) {
        long floor = floors.applyAsLong(workspaceId);
        if (revision < floor) {
            throw expired(revision, floor);
        }
    }

    /** Returns the refusal of what lies below a floor. */
    public static RefusedException expired(long revision, long floor) {
        return RefusedException.because(
                        Reason.RESOURCE_VERSION_EXPIRED,
                        "revision " + revision + " is no longer held; the oldest that is, is " + floor
                                + ": read the newest state and go on from its revision")
                .with("revision", revision)
                .with("oldest", floor);
    }
}
