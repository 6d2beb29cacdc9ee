package dev.proreus.workspace.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreFailedException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What survives the end of a process, and what happens where the disk does not keep its word. */
@Timeout(120)
final class RocksDbDurabilityTest {
    private static final int BATCHES = 200;
    private static final long WRITES_BEFORE_KILL = 300;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @Test
    void everythingIsFoundAgain() {
        Path folder = temporary.resolve("data");
        try (RocksDbStore store = TestStores.open(folder)) {
            fill(store, 0);
            store.flush();
            fill(store, BATCHES);
        }
        try (Store store = TestStores.open(folder)) {
            assertFilled(store, 2 * BATCHES);
        }
    }

    @Test
    void aStoreThatWasNeverClosedIsFoundAgain() throws IOException {
        Path folder = temporary.resolve("data");
        Path copy = temporary.resolve("copy");
        try (RocksDbStore store = TestStores.open(folder)) {
            fill(store, 0);
            copy(folder, copy);
        }
        try (Store store = TestStores.open(copy)) {
            assertFilled(store, BATCHES);
        }
    }

    @Test
    void aKilledProcessLosesNothingThatItAnswered() throws IOException, InterruptedException {
        Path folder = temporary.resolve("data");
        Path scratch = Files.createDirectory(temporary.resolve("scratch"));
        long answered = 0;
        try (StoreProcess process = StoreProcess.start(folder, scratch)) {
            while (answered < WRITES_BEFORE_KILL) {
                answered = process.nextWritten();
            }
            answered = Math.max(answered, process.kill());
        }
        assertThat(names(scratch)).as("temporary files left behind").isEmpty();
        assertThat(names(folder.resolve("native"))).as("native code").hasSize(1);
        try (Store store = TestStores.open(folder)) {
            long found = 0;
            try (Cursor at = store.cursor(Table.LOG, StoreProcess.KEYS.ranges().log(1, 0, Long.MAX_VALUE))) {
                for (; at.valid(); at.next()) {
                    found++;
                    assertThat(Keys.parseLog(at.key()).revision()).isEqualTo(found);
                }
            }
            assertThat(found).isGreaterThanOrEqualTo(answered);
            assertThat(store.get(Table.META, StoreProcess.LAST))
                    .isEqualTo(ByteBuffer.allocate(Long.BYTES).putLong(found).array());
        }
    }

    @Test
    void theSettingsThatDurabilityRestsOnAreInEffect() throws IOException {
        Path folder = temporary.resolve("data");
        try (Store store = TestStores.open(folder)) {
            fill(store, 0);
            List<Path> options = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder.resolve("rocksdb"))) {
                files.filter(file -> String.valueOf(file.getFileName()).startsWith("OPTIONS-"))
                        .forEach(options::add);
            }
            assertThat(Files.readAllLines(options.get(options.size() - 1)))
                    .map(String::trim)
                    .contains(
                            "wal_recovery_mode=kPointInTimeRecovery",
                            "recycle_log_file_num=0",
                            // What is replayed at a start may lie in memory alone until it is flushed.
                            "avoid_flush_during_recovery=false",
                            // What is written through a mapping is not followed by the tests of power loss.
                            "allow_mmap_writes=false",
                            "atomic_flush=true",
                            "manual_wal_flush=false",
                            "unordered_write=false",
                            "paranoid_checks=true",
                            "max_bgerror_resume_count=0");
        }
    }

    @Test
    void closingLeavesLittleToReplay() throws IOException {
        Path folder = temporary.resolve("data");
        try (Store store = TestStores.open(folder)) {
            fill(store, 0);
        }
        assertThat(logBytes(folder)).as("little is left to the next start").isPositive();
        Path large = temporary.resolve("large");
        try (Store store = RocksDbStore.open(large, RocksDbSettings.defaults(), e -> {})) {
            for (int i = 0; i < 3; i++) {
                StoreBatch batch = new StoreBatch();
                batch.put(Table.VERSION, bytes("k" + i), new byte[8 << 20]);
                store.write(batch);
            }
        }
        assertThat(logBytes(large)).as("much is not").isZero();
        try (Store store = TestStores.open(large)) {
            assertThat(store.get(Table.VERSION, bytes("k2"))).hasSize(8 << 20);
        }
    }

    private static long logBytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path log : files(folder.resolve("rocksdb"), ".log")) {
            bytes += Files.size(log);
        }
        return bytes;
    }

    @Test
    void aFailedFlushFailsTheStoreForGood() throws IOException {
        Path folder = temporary.resolve("data");
        List<StoreFailedException> heard = new ArrayList<>();
        try (RocksDbStore store = RocksDbStore.open(folder, RocksDbSettings.defaults(), heard::add)) {
            fill(store, 0);
            delete(folder.resolve("rocksdb"));
            assertThatExceptionOfType(StoreFailedException.class).isThrownBy(store::flush);
            assertThat(heard).hasSize(1);

            StoreBatch batch = new StoreBatch();
            batch.put(Table.HEAD, bytes("late"), bytes("v"));
            assertThatExceptionOfType(StoreFailedException.class)
                    .isThrownBy(() -> store.write(batch))
                    .withMessageContaining("takes no more writes");
            assertThat(store.get(Table.HEAD, bytes("late"))).isNull();
            assertThat(store.get(Table.HEAD, bytes("k0"))).as("reads go on").isNotNull();
            assertThat(heard).as("told once").hasSize(1);
        }
    }

    @Test
    void damagedDataIsNeverReadAsData() throws IOException {
        Path folder = temporary.resolve("data");
        try (RocksDbStore store = TestStores.open(folder)) {
            fill(store, 0);
            store.flush();
        }
        for (Path file : files(folder.resolve("rocksdb"), ".sst")) {
            scramble(file);
        }
        int damaged = 0;
        try (Store store = TestStores.open(folder)) {
            for (int i = 0; i < BATCHES; i++) {
                try {
                    assertThat(store.get(Table.VERSION, bytes("k" + i))).isEqualTo(value(i));
                } catch (StoreCorruptException e) {
                    damaged++;
                }
            }
            assertThat(damaged).isPositive();
            assertThatExceptionOfType(StoreCorruptException.class).isThrownBy(() -> scan(store));
        }
    }

    private static void fill(Store store, int from) {
        for (int i = from; i < from + BATCHES; i++) {
            StoreBatch batch = new StoreBatch();
            batch.put(Table.HEAD, bytes("k" + i), bytes("v" + i));
            batch.put(Table.VERSION, bytes("k" + i), value(i));
            store.write(batch);
        }
    }

    private static void assertFilled(Store store, int batches) {
        for (int i = 0; i < batches; i++) {
            assertThat(store.get(Table.HEAD, bytes("k" + i))).asString(UTF_8).isEqualTo("v" + i);
            assertThat(store.get(Table.VERSION, bytes("k" + i))).isEqualTo(value(i));
        }
        assertThat(scan(store)).isEqualTo(batches);
    }

    private static int scan(Store store) {
        int rows = 0;
        try (Cursor at = store.cursor(Table.VERSION, KeyRange.ofPrefix(bytes("k")))) {
            for (; at.valid(); at.next()) {
                rows++;
            }
        }
        return rows;
    }

    /** Returns a value that does not compress. */
    private static byte[] value(int i) {
        byte[] value = new byte[500];
        new Random(i).nextBytes(value);
        return value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).toList();
        }
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    /** Changes bytes in the first half of a file, where the data blocks are. */
    private static void scramble(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 4; i < bytes.length / 2; i += 100) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : files(folder, "")) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
