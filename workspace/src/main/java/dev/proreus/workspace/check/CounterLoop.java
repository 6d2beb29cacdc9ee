package dev.proreus.workspace.check;

import dev.proreus.workspace.pace.Pace;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what every workspace holds while the store is in use, again and again, a little at a time: whether its row
 * says the same, and whether every newest version can be read and is what its key says.
 *
 * <p><b>State.</b> The workspaces that are left of this pass, and how far the one under way is counted.
 *
 * <p><b>Invariants.</b> A workspace is counted as of the revision that its row had at the beginning: what is written
 * meanwhile lies above it and is passed over. Where its floor has risen above that, or the workspace has gone, what was
 * counted says nothing, and it is left to the next pass. No cursor outlives a step.
 *
 * <p><b>Threads.</b> One step at a time, on the executor given.
 */
public final class CounterLoop implements AutoCloseable {
    /** Rows looked at in one step: a few milliseconds of work. */
    static final int STEP_ROWS = 256;

    /** Bytes of versions read in one step, for the same reason. */
    static final int STEP_BYTES = 1 << 20;

    /** Part of the time that it leaves to others: twenty times what it takes, so that nobody notices it. */
    private static final int REST_FACTOR = 20;

    private static final Duration REST_MIN = Duration.ofMillis(20);

    /** How long it waits after a pass, and before the first one. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(CounterLoop.class);

    private final Keys keys;
    private final Store store;
    private final WorkspaceTree tree;
    private final InstantSource clock;
    private final CheckMetrics metrics;
    private final Consumer<RuntimeException> onFailure;
    private final Pace pace;
    private @Nullable Iterator<Long> left;
    private @Nullable Walk walk;

    /**
     * Makes a loop over what is published; {@link #start} lets it work.
     *
     * @param executor runs the steps, which block on the disk; its owner closes it after this
     * @param onFailure is told once of what does not agree; the process must end
     */
    public CounterLoop(
            Keys keys,
            Store store,
            WorkspaceTree tree,
            InstantSource clock,
            ScheduledExecutorService executor,
            CheckMetrics metrics,
            Consumer<RuntimeException> onFailure) {
        this.keys = keys;
        this.store = store;
        this.tree = tree;
        this.clock = clock;
        this.pace = new Pace(executor, clock, REST_FACTOR, REST_MIN);
        this.metrics = metrics;
        this.onFailure = onFailure;
    }

    /** Schedules the first pass. */
    public void start() {
        pace.after(PAUSE, this::run);
    }

    private synchronized void run() {
        if (pace.isClosed()) {
            return;
        }
        try {
            Instant began = clock.instant();
            boolean more = step();
            pace.after(more ? pace.restAfter(began) : PAUSE, this::run);
        } catch (StoreClosedException e) {
            LOG.debug("the store has been closed; counters are looked at again after the next start");
        } catch (StoreException e) {
            metrics.found();
            onFailure.accept(e);
        } catch (RuntimeException e) {
            LOG.error("a step of the background check failed; the next pass is in {}", PAUSE, e);
            walk = null;
            left = null;
            pace.after(PAUSE, this::run);
        }
    }

    /** Looks at some rows; returns whether the pass goes on. */
    private boolean step() {
        Iterator<Long> ids = left == null ? pass() : left;
        left = ids;
        int rows = STEP_ROWS;
        while (rows > 0) {
            if (walk == null && !ids.hasNext()) {
                left = null;
                metrics.passed();
                return false;
            }
            if (walk == null) {
                walk = begin(ids.next());
                rows--;
            } else {
                rows -= count(walk, rows);
            }
        }
        return true;
    }

    /** Returns the workspaces of a pass. */
    private Iterator<Long> pass() {
        List<Long> ids = new ArrayList<>();
        tree.forEach(workspace -> ids.add(workspace.id()));
        ids.sort(null);
        return ids.iterator();
    }

    /** Counts on in a workspace; returns the part of so many rows that it took. */
    private int count(Walk current, int rows) {
        int seen = current.read(rows);
        metrics.seen(seen);
        if (!current.stands()) {
            walk = null;
            metrics.skipped();
        } else if (current.ended) {
            walk = null;
            current.compare();
        }
        return current.isFull() ? rows : seen;
    }

    private @Nullable Walk begin(long id) {
        byte[] row = store.get(Table.META, keys.workspace(id));
        return row == null || tree.byId(id) == null ? null : new Walk(id, WorkspaceRow.decode(row));
    }

    /** Ends the loop, after the step under way. */
    @Override
    public synchronized void close() {
        pace.close();
    }

    /** The count of one workspace as of a revision. */
    private final class Walk {
        private final long id;
        private final WorkspaceRow row;
        private final KeyRange all;
        private final Count count = new Count();
        private byte[] from;
        private byte @Nullable [] decided;
        private int bytes;
        private boolean ended;

        Walk(long id, WorkspaceRow row) {
            this.id = id;
            this.row = row;
            this.all = keys.ranges().allOfWorkspace(id);
            this.from = all.fromInclusive();
        }

        /** Looks at so many rows at most; returns at how many. */
        int read(int maxRows) {
            int rows = 0;
            bytes = 0;
            try (Cursor cursor = store.cursor(Table.VERSION, from, all.toExclusive())) {
                boolean more = cursor.valid();
                while (more && rows < maxRows && !isFull()) {
                    byte[] key = cursor.key();
                    rows++;
                    more = look(key, cursor);
                    from = more ? cursor.key() : from;
                }
                ended = !more;
            }
            return rows;
        }

        /** Looks at a version, and goes to the next one that matters; returns whether there is one. */
        private boolean look(byte[] key, Cursor cursor) {
            byte[] name = Arrays.copyOf(key, Math.max(0, key.length - Long.BYTES));
            boolean newest = decided == null || !Arrays.equals(decided, name);
            if (!newest) {
                return cursor.seek(KeyRange.afterPrefix(name));
            }
            if (Keys.revisionOf(key) <= row.revision()) {
                decided = name;
                byte[] value = cursor.value();
                bytes += value.length;
                VersionFacts facts = VersionFacts.read(Keys.parseVersion(key), value);
                if (facts.exists()) {
                    count.add(facts);
                }
            }
            return cursor.next();
        }

        boolean isFull() {
            return bytes >= STEP_BYTES;
        }

        /** Returns whether the revision that is counted can still be read. */
        boolean stands() {
            Workspace workspace = tree.byId(id);
            return workspace != null && workspace.floor() <= row.revision();
        }

        void compare() {
            String difference = count.differenceFrom(row.counts());
            Workspace workspace = tree.byId(id);
            if (!difference.isEmpty()) {
                throw new StoreCorruptException("the counters of workspace " + workspace + " at revision "
                        + row.revision() + " are wrong: " + difference + ": stop the server and run ./proreus doctor");
            }
        }
    }
}
