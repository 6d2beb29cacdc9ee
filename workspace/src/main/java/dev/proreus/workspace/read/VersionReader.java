package dev.proreus.workspace.read;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.VersionRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was committed to one name after a revision, out of its versions. They lie newest first, so the usual few are
 * walked from the newest down to the state before; where they are too many, from that state up. One thread at a time.
 */
final class VersionReader {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final int EVERYTHING = Sections.METADATA | Sections.SPEC | Sections.STATUS;

    private final LoggedChange.Bodies bodies;
    private final ReadCounts counts;
    private final Origins origins;
    private final long workspaceId;
    private final int typeId;
    private final String name;
    private final int maxRows;

    VersionReader(
            LoggedChange.Bodies bodies,
            ReadCounts counts,
            Origins origins,
            long workspaceId,
            int typeId,
            String name,
            int maxRows) {
        this.bodies = bodies;
        this.counts = counts;
        this.origins = origins;
        this.workspaceId = workspaceId;
        this.typeId = typeId;
        this.name = name;
        this.maxRows = maxRows;
    }

    /** Tells what the log says of a change, where that is wanted. */
    interface Origins {
        /** Returns the write at a revision with its sequence; null where it is not wanted. */
        @Nullable
        Origin at(long revision);
    }

    /** What the log says of a change. */
    record Origin(long sequence, LogRow.Write write) {}

    /**
     * Reads.
     *
     * @param cursor over the versions of the name, standing at the newest that may be shown
     * @param key of the name's versions at and before {@code after}
     */
    History.Log read(Cursor cursor, byte[] key, long after, long through) {
        counts.seek();
        if (!cursor.valid() || Keys.revisionOf(cursor.key()) <= after) {
            return new History.Log(List.of(), through);
        }
        Deque<Version> versions = downTo(cursor, after);
        boolean all = versions != null;
        if (versions == null) {
            versions = upFrom(cursor, key, after);
            all = !cursor.valid();
        }
        Version last = versions.peekLast();
        return new History.Log(changes(versions, after), all || last == null ? through : last.revision);
    }

    /** Walks from the newest down to the state before {@code after}; returns null where that is too much. */
    private @Nullable Deque<Version> downTo(Cursor cursor, long after) {
        Deque<Version> versions = new ArrayDeque<>();
        long bytes = 0;
        for (; cursor.valid(); cursor.next()) {
            Version version = version(cursor);
            versions.addFirst(version);
            bytes += version.bytes();
            if (version.revision <= after) {
                return versions;
            }
            if (versions.size() > maxRows || bytes > 2 * Limits.SHARE_BYTES) {
                return null;
            }
        }
        return versions;
    }

    /** Walks up from the state before; stands at a version that was not taken, or nowhere. */
    private Deque<Version> upFrom(Cursor cursor, byte[] key, long after) {
        Deque<Version> versions = new ArrayDeque<>();
        long bytes = 0;
        counts.seek();
        if (!cursor.seek(key)) {
            counts.seek();
            cursor.seekBack(KeyRange.afterPrefix(key));
        }
        for (; cursor.valid(); cursor.previous()) {
            boolean some = !versions.isEmpty() && versions.getLast().revision > after;
            if (some && (versions.size() > maxRows || bytes > Limits.SHARE_BYTES)) {
                return versions;
            }
            Version version = version(cursor);
            versions.addLast(version);
            bytes += version.bytes();
        }
        return versions;
    }

    private Version version(Cursor cursor) {
        counts.row();
        return new Version(Keys.revisionOf(cursor.key()), VersionRow.decode(cursor.value()));
    }

    private List<ChangeView> changes(Deque<Version> versions, long after) {
        List<ChangeView> changes = new ArrayList<>(versions.size());
        ByteString before = null;
        long beforeRevision = 0;
        for (Version version : versions) {
            ByteString now = version.row instanceof VersionRow.State state ? state.object() : null;
            if (version.revision > after) {
                changes.add(change(version, now, before, beforeRevision));
            }
            before = now;
            beforeRevision = version.revision;
        }
        return changes;
    }

    private ChangeView change(Version version, @Nullable ByteString now, @Nullable ByteString before, long beforeAt) {
        if (now == null && before == null) {
            throw new StoreCorruptException(
                    name + " was deleted at revision " + version.revision + ", and there is no version before", null);
        }
        ChangeKind kind = now == null ? ChangeKind.DELETED : before == null ? ChangeKind.ADDED : ChangeKind.MODIFIED;
        Origin origin = kind == ChangeKind.MODIFIED ? origins.at(version.revision) : null;
        LogRow.Write write = origin != null
                ? origin.write
                : new LogRow.Write(
                        kind,
                        typeId,
                        name,
                        NOBODY,
                        before == null ? 0 : beforeAt,
                        EVERYTHING,
                        TermHashes.ANY,
                        TermHashes.ANY,
                        "",
                        0);
        LoggedChange change =
                new LoggedChange(bodies, workspaceId, version.revision, origin == null ? 0 : origin.sequence, write);
        ByteString object = now != null ? now : before;
        return object == null ? change : change.with(object, kind == ChangeKind.MODIFIED ? before : null);
    }

    private record Version(long revision, VersionRow row) {
        int bytes() {
            return row instanceof VersionRow.State state ? state.object().size() : 0;
        }
    }
}
