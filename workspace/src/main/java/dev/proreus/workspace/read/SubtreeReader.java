package dev.proreus.workspace.read;

import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreView;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.MetaKind;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.SequenceRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads along the store's sequence: the rows of {@code seq} say which workspaces each commit batch changed, and the log
 * of those that lie in the subtree says how. Sequences are dense, so that a batch that is missing was trimmed.
 * Thread-safe.
 */
final class SubtreeReader {
    private final Store store;
    private final Keys keys;
    private final LongFunction<@Nullable Place> places;
    private final FloorLookup floors;
    private final ReadCounts counts;
    private final LoggedChange.Bodies bodies;

    SubtreeReader(
            Store store,
            Keys keys,
            LongFunction<@Nullable Place> places,
            FloorLookup floors,
            ReadCounts counts,
            LoggedChange.Bodies bodies) {
        this.store = store;
        this.keys = keys;
        this.places = places;
        this.floors = floors;
        this.counts = counts;
        this.bodies = bodies;
    }

    History.Log log(Scope.Subtree scope, long afterExclusive, long throughInclusive, int maxRows) {
        List<ChangeView> found = new ArrayList<>();
        long reached = afterExclusive;
        int rows = 0;
        counts.seek();
        long lowest = Math.max(0, afterExclusive + 1 - Limits.BATCH_COMMANDS);
        try (Cursor cursor = store.cursor(Table.SEQUENCE, keys.ranges().sequencesFrom(lowest))) {
            cursor.seekBack(keys.sequence(afterExclusive + 1));
            for (; cursor.valid() && reached < throughInclusive && rows < maxRows; cursor.next()) {
                counts.row();
                rows++;
                long sequence = Keys.parseSequence(cursor.key()).firstSequence();
                List<SequenceRow.Commit> commits =
                        SequenceRow.decode(cursor.value()).commits();
                if (sequence > reached + 1 || sequence + commits.size() <= reached + 1) {
                    throw floors.expiredCommits(scope.workspaceId());
                }
                for (SequenceRow.Commit commit : commits) {
                    if (sequence > reached && sequence <= throughInclusive) {
                        rows += read(scope, commit, sequence, found);
                        reached = sequence;
                    }
                    sequence++;
                }
            }
        }
        if (reached == afterExclusive) {
            throw floors.expiredCommits(scope.workspaceId());
        }
        return new History.Log(found, reached);
    }

    private int read(Scope.Subtree scope, SequenceRow.Commit commit, long sequence, List<ChangeView> found) {
        if (!scope.covers(commit.workspaceId(), places.apply(commit.workspaceId()))) {
            return 0;
        }
        counts.row();
        byte[] row = store.get(Table.LOG, keys.log(commit.workspaceId(), commit.revision()));
        if (row == null && floors.isGone(commit.workspaceId())) {
            return 0;
        }
        if (row == null) {
            throw floors.missing(commit.workspaceId(), commit.revision(), "the log");
        }
        for (LogRow.Write write : LogRow.decode(row).writes()) {
            found.add(new LoggedChange(bodies, commit.workspaceId(), commit.revision(), sequence, write));
        }
        return 1;
    }

    /**
     * Takes all from one view: what the rows of workspaces say, less what was committed after the sequence. Workspaces
     * that are gone by now are left out: a later change tells of that.
     */
    SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
        SortedMap<Long, Long> revisions = new TreeMap<>();
        try (StoreView view = store.view()) {
            counts.seek();
            try (Cursor cursor = view.cursor(Table.META, keys.ranges().metaRows(MetaKind.WORKSPACE))) {
                for (; cursor.valid(); cursor.next()) {
                    counts.row();
                    long id = ((StoredKey.Workspace) Keys.parseMeta(cursor.key())).workspaceId();
                    WorkspaceRow row = WorkspaceRow.decode(cursor.value());
                    boolean within = id == scope.workspaceId()
                            || revisions.containsKey(row.identity().parentId());
                    if (within && !(row.life() instanceof WorkspaceRow.Gone)) {
                        revisions.put(id, row.revision());
                    }
                }
            }
            takeBack(view, scope, sequence, revisions);
        }
        return revisions;
    }

    /** Lowers revisions to what they were at a sequence. */
    private void takeBack(StoreView view, Scope.Subtree scope, long sequence, SortedMap<Long, Long> revisions) {
        counts.seek();
        Set<Long> lowered = new HashSet<>();
        try (Cursor cursor = view.cursor(Table.SEQUENCE, keys.ranges().sequencesFrom(sequence + 1))) {
            checkHeld(view, scope, cursor, sequence);
            for (; cursor.valid(); cursor.next()) {
                counts.row();
                for (SequenceRow.Commit commit :
                        SequenceRow.decode(cursor.value()).commits()) {
                    long id = commit.workspaceId();
                    if (revisions.containsKey(id) && lowered.add(id)) {
                        revisions.put(id, commit.revision() - 1);
                    }
                }
            }
        }
    }

    /** Refuses a sequence after which commits were trimmed: a cursor over them does not begin right behind it. */
    private void checkHeld(StoreView view, Scope.Subtree scope, Cursor cursor, long sequence) {
        byte[] applied = view.get(Table.META, keys.applied());
        long head = applied == null ? 0 : AppliedRow.decode(applied).sequence();
        boolean next = cursor.valid() && Keys.parseSequence(cursor.key()).firstSequence() == sequence + 1;
        if (sequence < head && !next) {
            throw floors.expiredCommits(scope.workspaceId());
        }
    }
}
