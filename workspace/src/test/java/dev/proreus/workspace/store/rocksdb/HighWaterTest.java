package dev.proreus.workspace.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.StoreFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Durable: a store that comes back with less than was durable is refused, and nothing of it is changed. */
@Timeout(120)
final class HighWaterTest {
    private static final int BATCHES = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void make() {
        try (Store store = TestStores.open(folder)) {
            StoreFormat.establish(store, new Random(1));
            commit(store, 1, BATCHES);
        }
    }

    private static void commit(Store store, int from, int to) {
        for (int i = from; i <= to; i++) {
            StoreBatch batch = new StoreBatch();
            AppliedRow row = new AppliedRow(new AppliedRow.Position(1, i), i, Instant.EPOCH, 1, 2, 256);
            batch.put(Table.META, Keys.ofShard(0).applied(), row.encode());
            store.write(batch);
        }
    }

    private Path file() {
        return folder.resolve(HighWater.FILE);
    }

    @Test
    void itStandsAtTheLastBatchOnceTheStoreIsClosed() throws IOException {
        assertThat(file()).content().startsWith("proreus high water 1\nbatch 5\nsequence 5\ncrc32c ");
        TestStores.open(folder).close();
        assertThat(file()).content().contains("batch 5\n");
        assertThat(folder.resolve(HighWater.HALF)).doesNotExist();
    }

    @Test
    void itFollowsWhileTheStoreIsInUse() {
        Ticks ticks = new Ticks();
        try (RocksDbStore store = TestStores.open(folder)) {
            store.keepHighWater(ticks);
            commit(store, BATCHES + 1, 2 * BATCHES);
            assertThat(file()).content().contains("batch 5\n");
            ticks.tick.run();
            assertThat(file()).content().contains("batch 10\n");
        } finally {
            ticks.shutdownNow();
        }
    }

    /** Keeps what is to be done each second, for the test to do. */
    private static final class Ticks extends ScheduledThreadPoolExecutor {
        private Runnable tick = () -> {};

        Ticks() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            assertThat(unit.toMillis(delay)).isEqualTo(1_000);
            tick = task;
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }

    @Test
    void commitsThatAreLostAreNotOverlooked() throws IOException {
        Path log = log();
        byte[] bytes = Files.readAllBytes(log);
        // The end of the log cannot be read: RocksDB takes it for writes that never happened.
        bytes[bytes.length - 3] ^= 1;
        Files.write(log, bytes);

        assertRefused("has lost commits that were durable (HIGHWATER.proreus knows of commit batch 5, sequence 5;"
                + " what is there ends with batch 4, sequence 4)");

        Files.writeString(file(), "accept\n");
        try (Store store = TestStores.open(folder)) {
            assertThat(store.isLossAccepted()).isTrue();
        }
        assertThat(file()).content().as("nothing has gone on from there").isEqualTo("accept\n");
        try (Store store = TestStores.open(folder)) {
            commit(store, BATCHES, BATCHES);
            assertThat(store.isLossAccepted()).isFalse();
        }
        assertThat(file()).content().contains("batch 5\n");
    }

    @Test
    void aFolderWithoutItsDataIsNotANewStore() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("rocksdb"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder.resolve("rocksdb"));
        assertRefused("is incomplete (HIGHWATER.proreus knows of commit batch 5, sequence 5, and there are no data)");
        assertThat(folder.resolve("rocksdb")).doesNotExist();
    }

    @Test
    void aFolderWithoutItIsIncomplete() throws IOException {
        Files.delete(file());
        assertRefused("is incomplete (HIGHWATER.proreus is missing)");
        assertThat(file()).doesNotExist();
    }

    /** Copied in part: with its log and the high-water file gone, RocksDB sees a database without a single row. */
    @Test
    void aFolderWithNeitherItNorTheLogIsNotANewStore() throws IOException {
        Files.delete(file());
        Files.delete(log());
        assertRefused("is incomplete (HIGHWATER.proreus is missing)");
        assertThat(file()).doesNotExist();
    }

    @Test
    void itIsThereBeforeTheFirstFileOfTheData() throws IOException {
        Path fresh = Files.createDirectory(folder.resolve("fresh"));
        // Leads nowhere, so a first start fails where it would make the folder of the data.
        Files.createSymbolicLink(fresh.resolve("rocksdb"), fresh.resolve("nowhere"));
        assertThatExceptionOfType(StoreOpenException.class)
                .isThrownBy(() -> TestStores.open(fresh).close())
                .withMessageContaining("cannot be written");
        assertThat(fresh.resolve(HighWater.FILE)).content().startsWith("proreus high water 1\nbatch 0\n");
    }

    @Test
    void aDamagedOneIsNotBelieved() throws IOException {
        String text = Files.readString(file());
        Files.writeString(file(), text.replace("batch 5", "batch 4"));
        assertRefused("is damaged (HIGHWATER.proreus does not match its checksum)");
        Files.writeString(file(), "");
        assertRefused("is damaged (HIGHWATER.proreus does not match its checksum)");
    }

    @Test
    void oneThatWasCutShortIsOverlooked() throws IOException {
        Files.writeString(folder.resolve(HighWater.HALF), "proreus hi");
        TestStores.open(folder).close();
        assertThat(file()).content().contains("batch 5\n");
    }

    /** Returns the write-ahead log. */
    private Path log() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("rocksdb"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> file.toFile().length() > 0)
                    .findAny()
                    .orElseThrow();
        }
    }

    private void assertRefused(String why) {
        assertThatExceptionOfType(StoreOpenException.class)
                .isThrownBy(() -> TestStores.open(folder).close())
                .withMessageStartingWith("data folder " + folder)
                .withMessageContaining(why)
                .withMessageEndingWith("restore it from a backup, or to go on with what is there, write the word"
                        + " accept into HIGHWATER.proreus");
    }
}
