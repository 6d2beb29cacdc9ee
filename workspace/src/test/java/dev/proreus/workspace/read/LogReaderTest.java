package dev.proreus.workspace.read;

import static dev.proreus.workspace.read.HistoryRows.ACME;
import static dev.proreus.workspace.read.HistoryRows.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.type.DeclaredFields;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What reading the log ahead saves, and that it changes nothing else. */
class LogReaderTest {
    private static final int ROWS = 1_000;
    private static final int SHARE = 56;
    private static final int SLICE = 64;

    private final HistoryRows rows = new HistoryRows(0);
    private final ReadCounts counts = new ReadCounts();
    private final LogReader reader = reader(counts);

    @Test
    void reliableWhoeverReadsWhereverInWhateverOrder() {
        SplittableRandom random = new SplittableRandom(7);
        long head = 0;
        for (int step = 0; step < 400; step++) {
            if (random.nextInt(4) == 0) {
                head = grow(1 + random.nextInt(20));
            }
            long after = random.nextLong(head + 1);
            long through = after + random.nextLong(head - after + 1);
            int most = 1 + random.nextInt(400);
            assertThatBothRead(random.nextBoolean() ? ACME : OTHER, after, through, most);
            for (int share = 0; share < 5 && after < through; share++) {
                assertThatBothRead(ACME, after, through, SLICE);
                after += 1 + random.nextInt(SLICE);
            }
        }
    }

    @Test
    void whoGoesOnReadsEachRowOnceAndOpensACursorForSomeShares() {
        grow(ROWS);
        for (long after = 0; after < ROWS; after += SHARE) {
            reader.read(ACME, after, ROWS, SLICE);
        }
        assertThat(counts.rows()).isEqualTo(ROWS);
        assertThat(counts.seeks()).isLessThan(2 + ROWS / (LogReader.AHEAD_ROWS - SLICE));
    }

    @Test
    void nothingIsReadAheadForWhoReadsOnce() {
        grow(ROWS);
        for (long after = 0; after < ROWS; after += LogReader.AHEAD_ROWS) {
            reader.read(ACME, after, ROWS, 10);
        }
        assertThat(counts.rows()).isEqualTo(10 * counts.seeks());
    }

    @Test
    void whereMoreReadThanAreRememberedNothingIsReadInVain() {
        grow(2 * ROWS);
        int readers = LogReader.WINDOWS + 1;
        for (int share = 0; share < 2; share++) {
            for (int each = 0; each < readers; each++) {
                reader.read(ACME, 2L * ROWS / readers * each + (long) share * SHARE, 2 * ROWS, SLICE);
            }
        }
        assertThat(counts.rows()).isEqualTo(2L * readers * SLICE);
    }

    @Test
    void readingAheadEndsAtSoManyBytes() {
        String name = "n".repeat(250);
        for (int i = 0; i < ROWS; i++) {
            rows.put(ACME, name, i);
        }
        reader.read(ACME, 0, ROWS, SLICE);
        reader.read(ACME, SLICE, ROWS, SLICE);
        assertThat(counts.rows()).isGreaterThan(3 * SLICE).isLessThan(SLICE + LogReader.AHEAD_ROWS);
    }

    @Test
    void rowsThatAreLargeAreNotHeld() {
        StoreBatch batch = new StoreBatch();
        List<LogRow.Write> writes = Collections.nCopies(100, write("n".repeat(200)));
        for (long revision = 1; revision <= ROWS; revision++) {
            batch.put(
                    Table.LOG, rows.keys.log(ACME, revision), new LogRow(revision, Instant.EPOCH, writes, 0).encode());
        }
        rows.store.write(batch);
        reader.read(ACME, 0, ROWS, SLICE);
        reader.read(ACME, SLICE - 1, ROWS, SLICE);
        assertThat(counts.rows()).isEqualTo(2 * SLICE);
    }

    private static LogRow.Write write(String name) {
        return new LogRow.Write(
                ChangeKind.ADDED, 300, name, new UUID(1, 1), 0, 0, TermHashes.NONE, TermHashes.NONE, "", 0);
    }

    /** Whatever is asked for beyond the head is no row that is not there. */
    @Test
    void whatComesLaterIsFound() {
        grow(10);
        reader.read(ACME, 0, 10, SLICE);
        reader.read(ACME, 5, 20, SLICE);
        grow(10);
        assertThatBothRead(ACME, 5, 20, SLICE);
    }

    private long grow(int more) {
        long head = 0;
        for (int i = 0; i < more; i++) {
            head = rows.put(ACME, "a", i);
            rows.put(OTHER, "b", i);
        }
        return head;
    }

    private void assertThatBothRead(long workspaceId, long after, long through, int most) {
        History.Log fresh = reader(new ReadCounts()).read(workspaceId, after, through, most);
        History.Log read = reader.read(workspaceId, after, through, most);
        assertThat(said(read)).as("up to %d of (%d, %d]", most, after, through).isEqualTo(said(fresh));
        assertThat(read.reached()).isEqualTo(fresh.reached());
    }

    private static List<String> said(History.Log log) {
        return log.changes().stream().map(ChangeView::toString).toList();
    }

    private LogReader reader(ReadCounts counted) {
        return new LogReader(rows.store, rows.keys, counted, new LoggedChange.Bodies() {
            @Override
            public ByteString body(long workspaceId, int typeId, String name, long revision) {
                throw new AssertionError("no body is asked for");
            }

            @Override
            public DeclaredFields fields(int typeId) {
                return DeclaredFields.NONE;
            }
        });
    }
}
