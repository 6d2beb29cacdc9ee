package dev.proreus.workspace.retention;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds revisions by what their log rows say, in a few look-ups: time and bytes of history only grow with them. */
final class LogSearch {
    private final Keys keys;
    private final Store store;

    LogSearch(Keys keys, Store store) {
        this.keys = keys;
        this.store = store;
    }

    /** A revision and its row. */
    record Found(long revision, LogRow row) {}

    /** Returns the row of a revision, or null where it is not there any more. */
    @Nullable
    LogRow row(long workspaceId, long revision) {
        byte[] row = store.get(Table.LOG, keys.log(workspaceId, revision));
        return row == null ? null : LogRow.decode(row);
    }

    /** Returns the first row in (after, through], or null. */
    @Nullable
    Found first(long workspaceId, long afterExclusive, long throughInclusive) {
        try (Cursor cursor = cursor(workspaceId, afterExclusive, throughInclusive)) {
            return cursor.valid() ? at(cursor) : null;
        }
    }

    /** Returns the last row in (after, through] that is not younger than a time, or null. */
    @Nullable
    Found lastUntil(long workspaceId, long afterExclusive, long throughInclusive, Instant time) {
        return last(
                workspaceId,
                afterExclusive,
                throughInclusive,
                row -> !row.time().isAfter(time));
    }

    /** Returns the first row in (after, through] with at least so many bytes of history, or null. */
    @Nullable
    Found firstWith(long workspaceId, long afterExclusive, long throughInclusive, long historyBytes) {
        Found before = last(workspaceId, afterExclusive, throughInclusive, row -> row.historyBytes() < historyBytes);
        return first(workspaceId, before == null ? afterExclusive : before.revision, throughInclusive);
    }

    /** Returns the last row that fulfils a test which rows fulfil up to some point and not beyond it. */
    private @Nullable Found last(long workspaceId, long afterExclusive, long throughInclusive, Predicate<LogRow> test) {
        Found found = null;
        long low = afterExclusive;
        long high = throughInclusive;
        try (Cursor cursor = cursor(workspaceId, afterExclusive, throughInclusive)) {
            while (low < high) {
                long middle = high - (high - low) / 2;
                Found there = cursor.seek(keys.log(workspaceId, middle)) ? at(cursor) : null;
                if (there != null && test.test(there.row)) {
                    found = there;
                    low = there.revision;
                } else {
                    high = middle - 1;
                }
            }
        }
        return found;
    }

    private Cursor cursor(long workspaceId, long afterExclusive, long throughInclusive) {
        return store.cursor(Table.LOG, keys.ranges().log(workspaceId, afterExclusive, throughInclusive));
    }

    private static Found at(Cursor cursor) {
        return new Found(Keys.parseLog(cursor.key()).revision(), LogRow.decode(cursor.value()));
    }
}
