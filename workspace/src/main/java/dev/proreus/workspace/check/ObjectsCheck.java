package dev.proreus.workspace.check;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.type.SystemTypes;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether heads and versions of a workspace agree, walked together in the one order that both have: each object's head
 * is its newest version, what is gone has none, and of what was trimmed nothing is left but newest states.
 */
final class ObjectsCheck {
    private final Inspection in;
    private final OwnObjects own;

    ObjectsCheck(Inspection in, OwnObjects own) {
        this.in = in;
        this.own = own;
    }

    /**
     * Tells of what is wrong with the objects of a workspace.
     *
     * @param log what its log holds; null where that is unclear, so that nothing can be held against it
     */
    void check(long id, WorkspaceRow row, LogCheck.@Nullable Held log) {
        Walk walk = new Walk(id, row, log);
        try (Cursor heads = in.store().cursor(Table.HEAD, in.ranges().allOfWorkspace(id));
                Cursor versions = in.store().cursor(Table.VERSION, in.ranges().allOfWorkspace(id))) {
            while (heads.valid() || versions.valid()) {
                walk.name(heads, versions);
            }
        }
        walk.end();
    }

    /** Returns whether a head row, null where there is none, is that of the newest version. */
    static boolean agree(@Nullable HeadRow head, long newestRevision, VersionFacts newest) {
        return head == null
                ? !newest.exists()
                : newest.exists()
                        && head.revision() == newestRevision
                        && head.uid().equals(newest.uid())
                        && head.generation() == newest.generation()
                        && head.objectBytes() == newest.objectBytes();
    }

    /** Returns how they differ, in words. */
    static String difference(@Nullable HeadRow head, long newestRevision, VersionFacts newest) {
        return "it is " + (head == null ? "missing" : head) + "; the newest version, of revision " + newestRevision
                + ", is " + newest;
    }

    /** One pass over the objects of a workspace. */
    private final class Walk {
        private final long id;
        private final WorkspaceRow row;
        private final LogCheck.@Nullable Held log;
        private final Count count = new Count();
        private boolean counted = true;
        private long logged;

        Walk(long id, WorkspaceRow row, LogCheck.@Nullable Held log) {
            this.id = id;
            this.row = row;
            this.log = log;
        }

        /** Looks at the next name of either. */
        void name(Cursor heads, Cursor versions) {
            byte[] head = heads.valid() ? heads.key() : null;
            byte[] version = versions.valid() ? nameOf(versions.key()) : null;
            int order = head == null ? 1 : version == null ? -1 : Arrays.compareUnsigned(head, version);
            HeadRow headRow = null;
            if (head != null && order <= 0) {
                in.row();
                headRow = in.decode(Table.HEAD, () -> readable(head), heads.value(), HeadRow::decode);
                if (order < 0) {
                    in.found(Table.HEAD, readable(head), "the object has no version");
                    counted = false;
                }
                heads.next();
            }
            if (version != null && order >= 0) {
                Newest newest = versions(versions, version);
                if (newest == null || (order == 0 && headRow == null)) {
                    counted = false;
                } else {
                    agree(version, headRow, newest);
                }
            }
        }

        /** The newest version of a name. */
        private record Newest(StoredKey.Version key, VersionFacts facts) {}

        /** Walks through the versions of one name; returns the newest, or null where it cannot be read. */
        private @Nullable Newest versions(Cursor versions, byte[] name) {
            Newest newest = null;
            boolean first = true;
            int kept = 0;
            for (; versions.valid() && Keys.isVersionOf(versions.key(), name); versions.next()) {
                in.row();
                byte[] bytes = versions.key();
                StoredKey.Version key = in.decode(Table.VERSION, () -> MetaRows.hex(bytes), bytes, Keys::parseVersion);
                VersionFacts facts = key == null
                        ? null
                        : in.decode(
                                Table.VERSION,
                                () -> readable(key),
                                versions.value(),
                                value -> VersionFacts.read(key, value));
                if (key != null && facts != null) {
                    kept = place(key, facts, kept);
                    newest = first ? new Newest(key, facts) : newest;
                }
                first = false;
            }
            if (first) {
                in.found(Table.VERSION, MetaRows.hex(versions.key()), "it is no key of a version");
                versions.next();
            }
            return newest;
        }

        /** Looks at where a version stands beside the log; returns how many stand where the log was trimmed. */
        private int place(StoredKey.Version key, VersionFacts facts, int kept) {
            if (key.revision() > row.revision()) {
                in.found(
                        Table.VERSION,
                        readable(key),
                        "it is above the newest revision of the workspace, " + row.revision());
            }
            if (log == null) {
                return kept;
            }
            if (key.revision() > log.trimmedThrough()) {
                logged++;
                return kept;
            }
            if (kept > 0 || !facts.exists()) {
                in.found(Table.VERSION, readable(key), "it is left of what was trimmed, and stands for nothing");
            }
            return kept + 1;
        }

        private void agree(byte[] name, @Nullable HeadRow head, Newest newest) {
            VersionFacts facts = newest.facts;
            if (facts.exists()) {
                count.add(facts);
                own.see(id, newest.key, facts.uid());
            }
            long revision = newest.key.revision();
            if (!ObjectsCheck.agree(head, revision, facts)) {
                in.found(Table.HEAD, readable(name), difference(head, revision, facts));
            }
        }

        void end() {
            String difference = counted ? count.differenceFrom(row.counts()) : "";
            if (!difference.isEmpty()) {
                in.found(Table.META, in.names().workspace(id), difference);
            }
            if (log != null && logged != log.writes()) {
                unnamed(id, log.trimmedThrough());
            }
        }
    }

    /** Names the versions that no row of the log names. */
    private void unnamed(long id, long trimmedThrough) {
        try (Cursor versions = in.store().cursor(Table.VERSION, in.ranges().allOfWorkspace(id))) {
            for (; versions.valid(); versions.next()) {
                StoredKey.Version key = in.decode(Table.VERSION, () -> "", versions.key(), Keys::parseVersion);
                if (key != null && key.revision() > trimmedThrough && !isNamed(key)) {
                    in.found(Table.VERSION, readable(key), "no row of the log names it");
                }
            }
        }
    }

    private boolean isNamed(StoredKey.Version key) {
        byte[] row = in.store().get(Table.LOG, in.keys().log(key.workspaceId(), key.revision()));
        return row != null
                && LogRow.decode(row).writes().stream()
                        .anyMatch(write ->
                                write.typeId() == key.typeId() && write.name().equals(key.name()));
    }

    private String readable(StoredKey.Version key) {
        return in.names().version(key.workspaceId(), key.typeId(), key.name(), key.revision());
    }

    private String readable(byte[] headKey) {
        StoredKey.Head key = in.decode(Table.HEAD, () -> MetaRows.hex(headKey), headKey, Keys::parseHead);
        return key == null ? MetaRows.hex(headKey) : in.names().object(key.workspaceId(), key.typeId(), key.name());
    }

    /** Returns the part of a version's key that its object's head has as its key; of no such key, all. */
    private static byte[] nameOf(byte[] versionKey) {
        return Arrays.copyOf(versionKey, Math.max(0, versionKey.length - Long.BYTES));
    }

    /** Whoever must know of objects that stand for more than themselves. */
    @FunctionalInterface
    interface OwnObjects {
        /** Is shown each live object of the server's own types. */
        void seen(long workspaceId, int typeId, String name, UUID uid);

        private void see(long workspaceId, StoredKey.Version key, UUID uid) {
            if (key.typeId() == SystemTypes.WORKSPACES.id() || key.typeId() == SystemTypes.RESOURCE_TYPES.id()) {
                seen(workspaceId, key.typeId(), key.name(), uid);
            }
        }
    }
}
