package dev.proreus.workspace.read;

import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of a workspace forward. A watch that catches up asks for about as many rows as its share holds, and
 * then goes on where that was full: each time a cursor would be opened, and rows be read again that had found no room.
 * So what was read last is kept, and who goes on there has more read at once. Thread-safe.
 *
 * <p>A row of the log never changes once it can be read, so what is kept is never wrong. Whether it may still be told
 * is asked by {@link FlooredReads}, as for rows of the store.
 */
final class LogReader {
    /** Windows that are kept: those of more watches than are read for at a time. */
    static final int WINDOWS = 16;

    /** Rows up to which a window is read ahead: what some shares of small objects take. */
    static final int AHEAD_ROWS = 256;

    /** Bytes of rows at which reading ahead ends. */
    private static final int AHEAD_BYTES = 64 << 10;

    /** Bytes of rows of a window that is kept: one of many writes may follow where reading ahead has all but ended. */
    private static final int KEPT_BYTES = 4 * AHEAD_BYTES;

    private final Store store;
    private final Keys keys;
    private final ReadCounts counts;
    private final LoggedChange.Bodies bodies;
    private final AtomicReferenceArray<@Nullable Window> windows = new AtomicReferenceArray<>(WINDOWS);
    private final AtomicInteger oldest = new AtomicInteger();

    LogReader(Store store, Keys keys, ReadCounts counts, LoggedChange.Bodies bodies) {
        this.store = store;
        this.keys = keys;
        this.counts = counts;
        this.bodies = bodies;
    }

    /** Reads as {@link History#log} says. */
    History.Log read(long workspaceId, long afterExclusive, long throughInclusive, int maxRows) {
        Window known = find(workspaceId, afterExclusive);
        Window window;
        if (known == null) {
            window = extended(Window.emptyAt(workspaceId, afterExclusive), throughInclusive, maxRows, 0);
            keep(null, window);
        } else {
            window = known.startingAt(afterExclusive);
            if (window.reached < throughInclusive && window.rows.size() < maxRows) {
                window = extended(window, throughInclusive, maxRows, AHEAD_ROWS);
                keep(known, window);
            }
        }
        return log(window, throughInclusive, maxRows);
    }

    private @Nullable Window find(long workspaceId, long afterExclusive) {
        for (int i = 0; i < WINDOWS; i++) {
            Window window = windows.getAcquire(i);
            if (window != null
                    && window.workspaceId == workspaceId
                    && window.after <= afterExclusive
                    && window.reached >= afterExclusive) {
                return window;
            }
        }
        return null;
    }

    /** Returns a window with the rows that are asked for, and ahead of them some more, up to so many in all. */
    private Window extended(Window window, long throughInclusive, int maxRows, int aheadRows) {
        List<Row> rows = new ArrayList<>(window.rows);
        long bytes = window.bytes();
        long reached = window.reached;
        counts.seek();
        try (Cursor cursor =
                store.cursor(Table.LOG, keys.ranges().log(window.workspaceId, reached, throughInclusive))) {
            for (; cursor.valid(); cursor.next()) {
                boolean ahead = rows.size() < aheadRows && bytes < AHEAD_BYTES;
                if (rows.size() >= maxRows && !ahead) {
                    return new Window(window.workspaceId, window.after, rows, reached);
                }
                counts.row();
                byte[] value = cursor.value();
                reached = Keys.revisionOfLog(cursor.key());
                rows.add(new Row(reached, LogRow.decode(value), value.length));
                bytes += value.length;
            }
        }
        return new Window(window.workspaceId, window.after, rows, throughInclusive);
    }

    /** Keeps a window instead of the one that it goes on from, or else of the one that was kept first. */
    private void keep(@Nullable Window before, Window window) {
        if (window.rows.isEmpty() || window.rows.size() > AHEAD_ROWS || window.bytes() > KEPT_BYTES) {
            return;
        }
        Window kept = window.endingWithARow();
        if (before == null || !replace(before, kept)) {
            windows.setRelease(Math.floorMod(oldest.getAndIncrement(), WINDOWS), kept);
        }
    }

    /** Returns whether the window to replace was still kept. */
    private boolean replace(Window before, Window kept) {
        for (int i = 0; i < WINDOWS; i++) {
            if (windows.compareAndSet(i, before, kept)) {
                return true;
            }
        }
        return false;
    }

    private History.Log log(Window window, long throughInclusive, int maxRows) {
        List<ChangeView> found = new ArrayList<>();
        long reached = window.after;
        int taken = 0;
        for (Row row : window.rows) {
            if (row.revision > throughInclusive) {
                return new History.Log(found, throughInclusive);
            }
            if (taken++ == maxRows) {
                return new History.Log(found, reached);
            }
            for (LogRow.Write write : row.decoded.writes()) {
                found.add(new LoggedChange(bodies, window.workspaceId, row.revision, row.decoded.sequence(), write));
            }
            reached = row.revision;
        }
        return new History.Log(found, Math.min(window.reached, throughInclusive));
    }

    /** All rows that the log of a workspace has in (after, reached]. */
    private record Window(long workspaceId, long after, List<Row> rows, long reached) {
        static Window emptyAt(long workspaceId, long position) {
            return new Window(workspaceId, position, List.of(), position);
        }

        /** Returns what it has above a position that it reaches. */
        Window startingAt(long position) {
            int first = 0;
            while (first < rows.size() && rows.get(first).revision <= position) {
                first++;
            }
            return new Window(workspaceId, position, rows.subList(first, rows.size()), reached);
        }

        /** Returns it without what is behind its last row, where others may come to stand. */
        Window endingWithARow() {
            return new Window(workspaceId, after, rows, rows.get(rows.size() - 1).revision);
        }

        long bytes() {
            return rows.stream().mapToLong(Row::bytes).sum();
        }
    }

    /**
     * A row of the log.
     *
     * @param revision the revision that it is of
     * @param decoded what it says
     * @param bytes its size in the store
     */
    private record Row(long revision, LogRow decoded, int bytes) {}
}
