package dev.proreus.workspace.deletion;

import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the rows of workspaces that are gone, and has the store give back what they took.
 *
 * <p>First go objects, versions and log, which nobody can read any more. The rows of the workspaces themselves, by
 * which those who read along a subtree's history know where they lay, go once that history no longer names them.
 * Nothing of this is synced: what is left after a crash is found by the rows that are left, and deleted then.
 *
 * <p>{@link #add} and {@link #waiting} may be called by any thread; the rest is the loop's.
 */
final class Reclaimer {
    private static final List<Table> TABLES = List.of(Table.HEAD, Table.VERSION, Table.LOG, Table.INDEX);

    /** Keys of workspaces side by side past which one delete of their range is better than one of each. */
    static final int POINT_DELETES = 256;

    /** Ranges deleted before they are compacted: reads look at each. */
    static final int RANGES = 100;

    private final Keys keys;
    private final Store store;
    private final WorkspaceTree tree;
    private final Queue<Rest> full = new ConcurrentLinkedQueue<>();
    private final Queue<Rest> emptied = new ArrayDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Freed freed = new Freed();

    /** @param left what was gone before, of which there are still rows */
    Reclaimer(Keys keys, Store store, WorkspaceTree tree, Collection<WorkspaceGone> left) {
        this.keys = keys;
        this.store = store;
        this.tree = tree;
        left.forEach(this::add);
    }

    /** Takes workspaces that have gone. */
    void add(WorkspaceGone gone) {
        waiting.addAndGet(gone.all().size());
        full.add(new Rest(gone));
    }

    /** Returns of how many workspaces rows are still to be deleted. */
    int waiting() {
        return waiting.get();
    }

    /** Returns whether there is something to do now. */
    boolean hasMore() {
        return !full.isEmpty() || freed.isWorthwhile();
    }

    /**
     * Has the store give back a part of what deletes have freed, where nothing is left to delete or too many ranges
     * were; takes as long as the store wants, which paces it itself.
     */
    void giveBack() {
        if (freed.isWorthwhile() && (full.isEmpty() || freed.ranges() >= RANGES)) {
            Span span = freed.take();
            store.compact(TABLES, keys.ranges().allOfWorkspaces(span.first(), span.last()));
        }
    }

    /**
     * Deletes about so many rows, or those of so many workspaces.
     *
     * @param forgottenThrough the newest sequence that history no longer names
     * @return how many rows were deleted; a range counts as one
     */
    int step(int maxRows, long forgottenThrough) {
        StoreBatch deletes = new StoreBatch();
        int before = freed.ranges();
        int room = maxRows;
        int done = 0;
        for (Rest rest = full.peek(); rest != null && room > 0 && freed.ranges() < RANGES; rest = full.peek()) {
            if (rest.isEmpty()) {
                full.remove();
                rest.rewind();
                emptied.add(rest);
            } else {
                Span span = rest.takeFirst(room);
                room -= span.count() + empty(span, deletes);
                done += span.count();
            }
        }
        forget(forgottenThrough, maxRows, deletes);
        store.writeUnsynced(deletes);
        waiting.addAndGet(-done);
        return deletes.size() + freed.ranges() - before;
    }

    /** Deletes the rows of workspaces, or where these are few, adds them to the batch; returns how many were seen. */
    private int empty(Span span, StoreBatch deletes) {
        for (long id = span.first(); id <= span.last(); id++) {
            tree.forget(id);
        }
        KeyRange all = keys.ranges().allOfWorkspaces(span.first(), span.last());
        StoreBatch few = new StoreBatch();
        for (Table table : TABLES) {
            try (Cursor cursor = store.cursor(table, all)) {
                for (; few.size() <= POINT_DELETES && cursor.valid(); cursor.next()) {
                    few.delete(table, cursor.key());
                }
            }
        }
        boolean many = few.size() > POINT_DELETES;
        if (many) {
            store.deleteRange(TABLES, all);
        } else {
            few.forEach(each -> deletes.delete(each.table(), each.key()));
        }
        freed.add(span, few.size(), many);
        return few.size();
    }

    /** Deletes the rows of workspaces that history no longer names, each before the one that it lay below. */
    private void forget(long forgottenThrough, int maxRows, StoreBatch deletes) {
        int room = maxRows;
        for (Rest rest = emptied.peek();
                rest != null && room > 0 && rest.gone.sequence() <= forgottenThrough;
                rest = emptied.peek()) {
            if (rest.isEmpty()) {
                emptied.remove();
            } else {
                deletes.delete(Table.META, keys.workspace(rest.takeLast()));
                room--;
            }
        }
    }

    /** Workspaces that went together, of which some are left to be dealt with; ordered by their ids. */
    private static final class Rest {
        private final WorkspaceGone gone;
        private long @Nullable [] ordered;
        private int from;
        private int to;

        Rest(WorkspaceGone gone) {
            this.gone = gone;
            this.to = gone.all().size();
        }

        /** Orders them when they are first looked at, which is on the loop: there are many. */
        private long[] ordered() {
            long[] known = ordered;
            if (known == null) {
                known = gone.all().stream().mapToLong(Long::longValue).sorted().toArray();
                ordered = known;
            }
            return known;
        }

        boolean isEmpty() {
            return from == to;
        }

        /** Has them all left again, for what else is to be done with them. */
        void rewind() {
            from = 0;
        }

        /** Takes workspaces whose ids follow one another, so that nothing of others lies between their rows. */
        Span takeFirst(int max) {
            long[] ids = ordered();
            long first = ids[from++];
            long last = first;
            for (int count = 1; count < max && from < to && ids[from] == last + 1; count++) {
                last++;
                from++;
            }
            return new Span(first, last);
        }

        long takeLast() {
            return ordered()[--to];
        }
    }
}
