package dev.proreus.workspace.store.rows;

import dev.proreus.workspace.store.rows.stored.Stored;
import java.time.Instant;
import java.util.UUID;

/**
 * A workspace, as {@code meta} holds it under its internal id; written in every commit that changes it.
 *
 * @param identity what stays as long as the workspace lives
 * @param state where it is in its life
 * @param revision its newest revision
 * @param floor the oldest revision that can still be read
 * @param counts what it holds
 * @param claimsFreed the newest revision at which an agent's claim was given up, 0 where none ever was
 * @param rulesVersion version of its access rules
 */
public record WorkspaceRow(
        Identity identity, State state, long revision, long floor, Counts counts, long claimsFreed, long rulesVersion) {
    private static final byte FORMAT = 1;

    public WorkspaceRow {
        Require.natural("revision", revision);
        Require.natural("floor", floor);
        Require.natural("claims freed", claimsFreed);
        Require.natural("rules version", rulesVersion);
    }

    /** Where a workspace is in its life. */
    public enum State {
        /** In use. */
        ACTIVE,
        /** The root of a subtree that is being deleted. */
        TERMINATING,
        /** Deleted; its rows are being reclaimed. */
        GONE
    }

    /**
     * What stays as long as a workspace lives.
     *
     * @param uid its public identity, random, never given twice
     * @param parentId internal id of its parent, 0 for the root of the tree
     * @param name last part of its path
     * @param incarnation random mark of its history line: new when created, restored or moved
     * @param created when it was created
     */
    public record Identity(UUID uid, long parentId, String name, UUID incarnation, Instant created) {
        public Identity {
            Require.natural("parent id", parentId);
            Require.named("name", name);
            Require.storable("creation time", created);
        }
    }

    /**
     * What a workspace holds, its children not counted.
     *
     * @param objects its objects
     * @param objectBytes bytes of their newest wire forms
     * @param finalizers finalizers on them
     */
    public record Counts(long objects, long objectBytes, long finalizers) {
        /** Of a workspace without objects. */
        public static final Counts ZERO = new Counts(0, 0, 0);

        public Counts {
            Require.natural("objects", objects);
            Require.natural("object bytes", objectBytes);
            Require.natural("finalizers", finalizers);
        }
    }

    public byte[] encode() {
        return RowBytes.encode(
                FORMAT,
                Stored.Workspace.newBuilder()
                        .setUid(RowBytes.bytes(identity.uid))
                        .setParentId(identity.parentId)
                        .setName(identity.name)
                        .setState(stored(state))
                        .setRevision(revision)
                        .setFloor(floor)
                        .setObjectCount(counts.objects)
                        .setObjectBytes(counts.objectBytes)
                        .setFinalizerCount(counts.finalizers)
                        .setIncarnation(RowBytes.bytes(identity.incarnation))
                        .setClaimsFreed(claimsFreed)
                        .setRulesVersion(rulesVersion)
                        .setCreatedTimeNanos(RowBytes.nanos(identity.created))
                        .build());
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static WorkspaceRow decode(byte[] row) {
        return RowBytes.decode("workspace", FORMAT, row, Stored.Workspace.parser(), WorkspaceRow::read);
    }

    private static WorkspaceRow read(Stored.Workspace stored) {
        return new WorkspaceRow(
                new Identity(
                        RowBytes.uuid(stored.getUid()),
                        stored.getParentId(),
                        stored.getName(),
                        RowBytes.uuid(stored.getIncarnation()),
                        RowBytes.instant(stored.getCreatedTimeNanos())),
                state(stored.getState()),
                stored.getRevision(),
                stored.getFloor(),
                new Counts(stored.getObjectCount(), stored.getObjectBytes(), stored.getFinalizerCount()),
                stored.getClaimsFreed(),
                stored.getRulesVersion());
    }

    private static Stored.Workspace.State stored(State state) {
        return switch (state) {
            case ACTIVE -> Stored.Workspace.State.STATE_ACTIVE;
            case TERMINATING -> Stored.Workspace.State.STATE_TERMINATING;
            case GONE -> Stored.Workspace.State.STATE_GONE;
        };
    }

    private static State state(Stored.Workspace.State state) {
        return switch (state) {
            case STATE_ACTIVE -> State.ACTIVE;
            case STATE_TERMINATING -> State.TERMINATING;
            case STATE_GONE -> State.GONE;
            case STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("it has no known state");
        };
    }
}
