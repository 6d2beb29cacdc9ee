package dev.proreus.workspace.retention;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.SequenceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The store's limit of age. Follows the commits of all workspaces in their one order, so that only what changed is ever
 * looked at; a commit that has been followed is deleted from {@code seq}, after the floors that it asks for stand.
 */
final class AgeLimit {
    /** How much more than its age a commit may be kept: a part of the age, so that floors do not rise all the time. */
    private static final int PARTS = 60;

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    /** Nothing that is too old, where nothing was looked at. */
    static final Aged NONE = new Aged(List.of(), new StoreBatch(), 0, false);

    private final Keys keys;
    private final Store store;
    private final WorkspaceTree tree;
    private final LogSearch log;
    private volatile long nextSequence;

    /** @param head the newest sequence of the store */
    AgeLimit(Keys keys, Store store, WorkspaceTree tree, LogSearch log, long head) {
        this.keys = keys;
        this.store = store;
        this.tree = tree;
        this.log = log;
        try (Cursor oldest = store.cursor(Table.SEQUENCE, keys.ranges().sequencesFrom(0))) {
            this.nextSequence =
                    oldest.valid() ? Keys.parseSequence(oldest.key()).firstSequence() : head + 1;
        }
    }

    /** Returns for how long nothing is looked at again for its age. */
    static Duration pause(Duration age) {
        Duration part = age.dividedBy(PARTS);
        if (part.compareTo(PAUSE_MIN) < 0) {
            return PAUSE_MIN;
        }
        return part.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : part;
    }

    /** Returns the newest sequence of which {@code seq} has nothing any more; 0 where it has all. Any thread. */
    long forgottenThrough() {
        return nextSequence - 1;
    }

    /**
     * Commits that have become too old.
     *
     * @param floors what they ask for
     * @param rows their keys in {@code seq}
     * @param nextSequence the sequence after the last of them
     * @param more whether others are too old as well
     */
    record Aged(List<Floor> floors, StoreBatch rows, long nextSequence, boolean more) {}

    /**
     * Reads on until {@code cutoff}, or until floors of so many workspaces are to be raised, or for so many rows of
     * {@code seq}.
     */
    Aged read(Instant cutoff, int maxWorkspaces, int maxRows) {
        Map<Long, Long> newest = new LinkedHashMap<>();
        StoreBatch rows = new StoreBatch();
        long next = nextSequence;
        boolean more = false;
        try (Cursor cursor = store.cursor(Table.SEQUENCE, keys.ranges().sequencesFrom(nextSequence))) {
            for (; cursor.valid(); cursor.next()) {
                byte[] key = cursor.key();
                SequenceRow row = SequenceRow.decode(cursor.value());
                if (row.logTime().isAfter(cutoff)) {
                    break;
                }
                if (newest.size() >= maxWorkspaces || rows.size() >= maxRows) {
                    more = true;
                    break;
                }
                row.commits().forEach(commit -> newest.put(commit.workspaceId(), commit.revision()));
                rows.delete(Table.SEQUENCE, key);
                next = Keys.parseSequence(key).firstSequence() + row.commits().size();
            }
        }
        List<Floor> floors = new ArrayList<>();
        newest.forEach((workspaceId, revision) -> add(workspaceId, revision, floors));
        return new Aged(floors, rows, next, more);
    }

    private void add(long workspaceId, long revision, List<Floor> floors) {
        Workspace workspace = tree.byId(workspaceId);
        LogRow row = workspace == null || workspace.floor() >= revision ? null : log.row(workspaceId, revision);
        if (row != null) {
            floors.add(Floor.at(workspaceId, revision, row));
        }
    }

    /** Forgets commits whose floors stand; returns how many rows that deleted. */
    int done(Aged aged) {
        store.writeUnsynced(aged.rows);
        nextSequence = Math.max(nextSequence, aged.nextSequence);
        return aged.rows.size();
    }
}
