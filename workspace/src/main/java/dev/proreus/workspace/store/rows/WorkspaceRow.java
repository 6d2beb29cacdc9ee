package dev.proreus.workspace.store.rows;

import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Termination;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.store.rows.stored.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A workspace, as {@code meta} holds it under its internal id; written in every commit that changes it.
 *
 * @param identity what stays as long as the workspace lives
 * @param life where it is in its life
 * @param revision its newest revision
 * @param counts what it holds, its children not counted
 * @param history what can still be read of its past
 * @param claimsFreed the newest revision at which an agent's claim was given up, 0 where none ever was
 * @param rulesVersion version of its access rules
 * @param quotas how much it may hold
 */
public record WorkspaceRow(
        Identity identity,
        Life life,
        long revision,
        Usage counts,
        History history,
        long claimsFreed,
        long rulesVersion,
        Quotas quotas) {
    private static final byte FORMAT = 1;

    public WorkspaceRow {
        Require.natural("revision", revision);
        Require.natural("objects", counts.objects());
        Require.natural("object bytes", counts.bytes());
        Require.natural("finalizers", counts.finalizers());
        Require.natural("claims freed", claimsFreed);
        Require.natural("rules version", rulesVersion);
    }

    /** Where a workspace is in its life. Those below one that is terminating or gone do not say so themselves. */
    public sealed interface Life {
        /** Of a workspace in use. */
        Life ACTIVE = new Active();
    }

    /** In use. */
    public record Active() implements Life {}

    /**
     * The root of a subtree that is being deleted.
     *
     * @param termination since when, and until when that can be taken back
     */
    public record Terminating(Termination termination) implements Life {
        public Terminating {
            Require.storable("time of deletion", termination.asked());
            Require.storable("end of the grace", termination.graceEnd());
        }
    }

    /**
     * The root of a subtree that was deleted; its rows are being reclaimed.
     *
     * @param sequence of the commit that deleted it
     */
    public record Gone(long sequence) implements Life {
        public Gone {
            Require.natural("sequence", sequence);
        }
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
     * What can still be read of a workspace's past.
     *
     * @param floor the oldest revision that can still be read
     * @param floorSequence of the commit that made it; 0 where the floor was never raised
     * @param bytes of history ever written, as the log row of the newest revision has it
     * @param floorBytes the same as the log row of the floor had it
     * @param own what is to be kept, where that is less than the store keeps
     */
    public record History(long floor, long floorSequence, long bytes, long floorBytes, Retention own) {
        /** Of a workspace without a past. */
        public static final History NONE = new History(0, 0, 0, 0, Retention.UNSAID);

        public History {
            Require.natural("floor", floor);
            Require.natural("sequence of the floor", floorSequence);
            Require.natural("history bytes", bytes);
            Require.natural("history bytes at the floor", floorBytes);
            Require.natural("history bytes above the floor", bytes - floorBytes);
        }

        /** Returns the bytes of what lies above the floor. */
        public long keptBytes() {
            return bytes - floorBytes;
        }

        /** Returns the history with a higher floor, made by a commit whose log row had so many bytes of history. */
        public History raised(long newFloor, long sequence, long newFloorBytes) {
            return new History(newFloor, sequence, bytes, newFloorBytes, own);
        }

        /** Returns the history of which another part is to be kept. */
        public History keeping(Retention newOwn) {
            return new History(floor, floorSequence, bytes, floorBytes, newOwn);
        }

        private History grown(long newBytes) {
            return new History(floor, floorSequence, newBytes, floorBytes, own);
        }
    }

    /** Returns the row with other counts, at the next revision, by which history grew. */
    public WorkspaceRow advanced(Usage newCounts, long newHistoryBytes) {
        History grown = history.grown(newHistoryBytes);
        return new WorkspaceRow(identity, life, revision + 1, newCounts, grown, claimsFreed, rulesVersion, quotas);
    }

    /** Returns the row with another history line. */
    public WorkspaceRow with(UUID newIncarnation) {
        Identity same = new Identity(identity.uid, identity.parentId, identity.name, newIncarnation, identity.created);
        return new WorkspaceRow(same, life, revision, counts, history, claimsFreed, rulesVersion, quotas);
    }

    /** Returns the row at another place of its life. */
    public WorkspaceRow with(Life newLife) {
        return new WorkspaceRow(identity, newLife, revision, counts, history, claimsFreed, rulesVersion, quotas);
    }

    /** Returns the row with another history. */
    public WorkspaceRow with(History newHistory) {
        return new WorkspaceRow(identity, life, revision, counts, newHistory, claimsFreed, rulesVersion, quotas);
    }

    /** Returns the row with claims given up at a revision. */
    public WorkspaceRow withClaimsFreed(long atRevision) {
        return new WorkspaceRow(identity, life, revision, counts, history, atRevision, rulesVersion, quotas);
    }

    /** Returns the row with other quotas. */
    public WorkspaceRow with(Quotas newQuotas) {
        return new WorkspaceRow(identity, life, revision, counts, history, claimsFreed, rulesVersion, newQuotas);
    }

    public byte[] encode() {
        return RowBytes.encode(FORMAT, stored());
    }

    /** Returns the row as a part of another. */
    Stored.Workspace stored() {
        return stored(life)
                .setUid(RowBytes.bytes(identity.uid))
                .setParentId(identity.parentId)
                .setName(identity.name)
                .setRevision(revision)
                .setFloor(history.floor)
                .setFloorSequence(history.floorSequence)
                .setHistoryBytes(history.bytes)
                .setFloorHistoryBytes(history.floorBytes)
                .setRetentionAgeSeconds(history.own.age().toSeconds())
                .setRetentionBytes(history.own.bytes())
                .setObjectCount(counts.objects())
                .setObjectBytes(counts.bytes())
                .setFinalizerCount(counts.finalizers())
                .setIncarnation(RowBytes.bytes(identity.incarnation))
                .setClaimsFreed(claimsFreed)
                .setRulesVersion(rulesVersion)
                .setObjectQuota(quotas.own().objects())
                .setByteQuota(quotas.own().bytes())
                .setSubtreeObjectQuota(quotas.subtree().objects())
                .setSubtreeByteQuota(quotas.subtree().bytes())
                .setCreatedTimeNanos(RowBytes.nanos(identity.created))
                .build();
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static WorkspaceRow decode(byte[] row) {
        return RowBytes.decode("workspace", FORMAT, row, Stored.Workspace.parser(), WorkspaceRow::read);
    }

    /** Reads a row that is a part of another. */
    static WorkspaceRow read(Stored.Workspace stored) {
        return new WorkspaceRow(
                new Identity(
                        RowBytes.uuid(stored.getUid()),
                        stored.getParentId(),
                        stored.getName(),
                        RowBytes.uuid(stored.getIncarnation()),
                        RowBytes.instant(stored.getCreatedTimeNanos())),
                life(stored),
                stored.getRevision(),
                usage(stored),
                new History(
                        stored.getFloor(),
                        stored.getFloorSequence(),
                        stored.getHistoryBytes(),
                        stored.getFloorHistoryBytes(),
                        retention(stored)),
                stored.getClaimsFreed(),
                stored.getRulesVersion(),
                quotas(stored));
    }

    // Most of many workspaces hold nothing and are not limited: for them no values of their own are made.

    private static Usage usage(Stored.Workspace stored) {
        boolean none = (stored.getObjectCount() | stored.getObjectBytes() | stored.getFinalizerCount()) == 0;
        return none
                ? Usage.NONE
                : new Usage(stored.getObjectCount(), stored.getObjectBytes(), stored.getFinalizerCount());
    }

    private static Retention retention(Stored.Workspace stored) {
        boolean unsaid = (stored.getRetentionAgeSeconds() | stored.getRetentionBytes()) == 0;
        return unsaid
                ? Retention.UNSAID
                : new Retention(Duration.ofSeconds(stored.getRetentionAgeSeconds()), stored.getRetentionBytes());
    }

    private static Quotas quotas(Stored.Workspace stored) {
        long any = stored.getObjectQuota()
                | stored.getByteQuota()
                | stored.getSubtreeObjectQuota()
                | stored.getSubtreeByteQuota();
        return any == 0
                ? Quotas.UNLIMITED
                : new Quotas(
                        new Quota(stored.getObjectQuota(), stored.getByteQuota()),
                        new Quota(stored.getSubtreeObjectQuota(), stored.getSubtreeByteQuota()));
    }

    private static Stored.Workspace.Builder stored(Life life) {
        Stored.Workspace.Builder row = Stored.Workspace.newBuilder();
        if (life instanceof Terminating terminating) {
            return row.setState(Stored.Workspace.State.STATE_TERMINATING)
                    .setDeletionTimeNanos(RowBytes.nanos(terminating.termination.asked()))
                    .setGraceEndNanos(RowBytes.nanos(terminating.termination.graceEnd()));
        }
        if (life instanceof Gone gone) {
            return row.setState(Stored.Workspace.State.STATE_GONE).setGoneSequence(gone.sequence);
        }
        return row.setState(Stored.Workspace.State.STATE_ACTIVE);
    }

    private static Life life(Stored.Workspace stored) {
        return switch (stored.getState()) {
            case STATE_ACTIVE -> Life.ACTIVE;
            case STATE_TERMINATING ->
                new Terminating(new Termination(
                        RowBytes.instant(stored.getDeletionTimeNanos()), RowBytes.instant(stored.getGraceEndNanos())));
            case STATE_GONE -> new Gone(stored.getGoneSequence());
            case STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("it has no known state");
        };
    }
}
