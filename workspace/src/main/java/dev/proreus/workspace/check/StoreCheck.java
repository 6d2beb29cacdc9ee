package dev.proreus.workspace.check;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreFailedException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.TypeRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.type.SystemTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A look at all of a store that nobody writes to: every row, and whether all agree with one another.
 *
 * <p>Holds the rows of workspaces and types in memory; all else passes by, one workspace after another. Where a part
 * cannot be read, that is a finding, and the look goes on behind it.
 */
public final class StoreCheck {
    private final Inspection in;
    private final Map<String, UUID> expected = new HashMap<>();

    private StoreCheck(Inspection in) {
        this.in = in;
    }

    /**
     * Looks at a store.
     *
     * @param findings told of each fault as it is found
     * @param progress told how many rows were seen, now and then
     * @return how many rows were seen
     */
    public static long run(Keys keys, Store store, Consumer<Finding> findings, LongConsumer progress) {
        MetaRows meta;
        try {
            meta = MetaRows.read(store, findings);
        } catch (StoreCorruptException | StoreFailedException e) {
            findings.accept(MetaRows.finding("all", String.valueOf(e.getMessage())));
            return 0;
        }
        AppliedRow applied = meta.applied();
        if (applied == null) {
            return 0;
        }
        Inspection in = new Inspection(keys, store, meta, applied, findings, progress);
        TreeCheck.run(meta, applied, findings);
        new StoreCheck(in).run();
        return in.seen();
    }

    private void run() {
        SequenceCheck sequences = new SequenceCheck(in, (id, workspace, revision, row) -> {});
        reading(Table.SEQUENCE, "all", () -> sequences.check(0));
        expect();
        Tally tally = new Tally();
        in.meta().workspaces().forEach((id, row) -> {
            if (!in.meta().isGone(id)) {
                workspace(id, row, sequences.first(), tally);
            }
        });
        if (tally.clear && tally.sequenced != sequences.logged()) {
            in.found(
                    Table.SEQUENCE,
                    "all",
                    "the log has " + tally.sequenced + " commits since sequence " + sequences.first() + "; listed are "
                            + sequences.logged());
        }
        if (tally.clear) {
            expected.forEach((object, uid) -> in.found(
                    Table.HEAD,
                    object,
                    "it is missing, or has another uid than " + uid + ", which the row in meta has"));
        }
        reading(Table.DEDUP, "all", new LooseRows(in)::check);
    }

    /** What all logs hold together. */
    private static final class Tally {
        private long sequenced;
        private boolean clear = true;
    }

    private void workspace(long id, WorkspaceRow row, long firstSequence, Tally tally) {
        in.row();
        boolean read = reading(Table.LOG, in.names().workspace(id), () -> {
            try (VersionSeek versions = new VersionSeek(in)) {
                LogCheck.Held held = new LogCheck(in, versions).check(id, row, firstSequence);
                tally.clear &= held != null;
                tally.sequenced += held == null ? 0 : held.sequenced();
                new ObjectsCheck(in, this::seen).check(id, row, held);
            }
        });
        tally.clear &= read;
    }

    /** Notes which objects the rows of workspaces and types stand for. */
    private void expect() {
        in.meta().workspaces().forEach((id, row) -> {
            if (!in.meta().isGone(id) && row.identity().parentId() != 0) {
                WorkspaceRow.Identity identity = row.identity();
                expected.put(object(identity.parentId(), SystemTypes.WORKSPACES.id(), identity.name()), identity.uid());
            }
        });
        for (TypeRow type : in.meta().types().values()) {
            if (!in.meta().isGone(type.definingWorkspaceId())) {
                expected.put(
                        object(type.definingWorkspaceId(), SystemTypes.RESOURCE_TYPES.id(), type.name()), type.uid());
            }
        }
    }

    private String object(long workspaceId, int typeId, String name) {
        return in.names().object(workspaceId, typeId, name);
    }

    /** Takes note of an object that stands for a workspace or a type. */
    private void seen(long workspaceId, int typeId, String name, UUID uid) {
        String object = object(workspaceId, typeId, name);
        if (!expected.remove(object, uid)) {
            in.found(Table.HEAD, object, "there is no row in meta for it with its uid " + uid);
        }
    }

    /** Does something that reads; returns whether it could be read. */
    private boolean reading(Table table, String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (StoreCorruptException | StoreFailedException e) {
            in.found(table, what, "it cannot be read on: " + e.getMessage());
            return false;
        }
    }
}
