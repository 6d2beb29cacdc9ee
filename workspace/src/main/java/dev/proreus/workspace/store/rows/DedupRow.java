package dev.proreus.workspace.store.rows;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.store.rows.stored.Stored;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request that carried an id did, as {@code dedup} holds it while the id is honoured; written for commits only.
 *
 * @param digest hash of what was asked
 * @param revision the revision that it made
 * @param writes what it did to each object, in the order of the request
 * @param workspace the workspace that it created or deleted; null where it wrote objects
 */
public record DedupRow(
        ByteString digest,
        long revision,
        List<Write> writes,
        @Nullable Shown workspace) {
    private static final byte FORMAT = 1;

    public DedupRow {
        Require.natural("revision", revision);
        writes = List.copyOf(writes);
    }

    /** Returns what a request did to objects. */
    public static DedupRow ofWrites(ByteString digest, long revision, List<Write> writes) {
        return new DedupRow(digest, revision, writes, null);
    }

    /** Returns what a request did to a workspace, at a revision of its parent. */
    public static DedupRow ofWorkspace(ByteString digest, long revision, Shown workspace) {
        return new DedupRow(digest, revision, List.of(), workspace);
    }

    /**
     * A workspace as an answer showed it.
     *
     * @param id its internal id
     * @param row its row then
     */
    public record Shown(long id, WorkspaceRow row) {
        public Shown {
            Require.natural("workspace id", id);
        }
    }

    /** What a write did. */
    public enum Outcome {
        /** The object came to be. */
        CREATED,
        /** It changed. */
        UPDATED,
        /** It was as wished already. */
        UNCHANGED,
        /** It went. */
        DELETED
    }

    /**
     * What a request did to one object.
     *
     * @param outcome what it did
     * @param typeId internal id of the resource type
     * @param name name of the object
     * @param uid its identity
     * @param resourceVersion revision of the state that the answer showed; for DELETED that of its last
     */
    public record Write(Outcome outcome, int typeId, String name, UUID uid, long resourceVersion) {
        public Write {
            Require.natural("type id", typeId);
            Require.named("name", name);
            Require.natural("resource version", resourceVersion);
        }
    }

    public byte[] encode() {
        Stored.Dedup.Builder row = Stored.Dedup.newBuilder().setDigest(digest).setRevision(revision);
        for (Write write : writes) {
            row.addWrites(Stored.Dedup.Write.newBuilder()
                    .setOutcome(stored(write.outcome))
                    .setTypeId(write.typeId)
                    .setName(write.name)
                    .setUid(RowBytes.bytes(write.uid))
                    .setResourceVersion(write.resourceVersion));
        }
        if (workspace != null) {
            row.setWorkspace(Stored.Dedup.Shown.newBuilder().setId(workspace.id).setRow(workspace.row.stored()));
        }
        return RowBytes.encode(FORMAT, row.build());
    }

    /** Decodes a row, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
    public static DedupRow decode(byte[] row) {
        return RowBytes.decode(
                "dedup",
                FORMAT,
                row,
                Stored.Dedup.parser(),
                stored -> new DedupRow(
                        stored.getDigest(),
                        stored.getRevision(),
                        stored.getWritesList().stream().map(DedupRow::read).toList(),
                        stored.hasWorkspace() ? read(stored.getWorkspace()) : null));
    }

    private static Shown read(Stored.Dedup.Shown stored) {
        return new Shown(stored.getId(), WorkspaceRow.read(stored.getRow()));
    }

    private static Write read(Stored.Dedup.Write write) {
        return new Write(
                outcome(write.getOutcome()),
                write.getTypeId(),
                write.getName(),
                RowBytes.uuid(write.getUid()),
                write.getResourceVersion());
    }

    private static Stored.Dedup.Write.Outcome stored(Outcome outcome) {
        return switch (outcome) {
            case CREATED -> Stored.Dedup.Write.Outcome.OUTCOME_CREATED;
            case UPDATED -> Stored.Dedup.Write.Outcome.OUTCOME_UPDATED;
            case UNCHANGED -> Stored.Dedup.Write.Outcome.OUTCOME_UNCHANGED;
            case DELETED -> Stored.Dedup.Write.Outcome.OUTCOME_DELETED;
        };
    }

    private static Outcome outcome(Stored.Dedup.Write.Outcome outcome) {
        return switch (outcome) {
            case OUTCOME_CREATED -> Outcome.CREATED;
            case OUTCOME_UPDATED -> Outcome.UPDATED;
            case OUTCOME_UNCHANGED -> Outcome.UNCHANGED;
            case OUTCOME_DELETED -> Outcome.DELETED;
            case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("a write has no known outcome");
        };
    }
}
