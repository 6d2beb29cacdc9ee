package dev.proreus.workspace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.check.Finding;
import dev.proreus.workspace.check.StoreCheck;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of one file of a store is turned, whichever: then it is refused with a reason, a read says that something is
 * damaged, or everything that can be read is as it was written. A wrong answer is never given, and the look offline
 * finds whatever a reader would meet.
 */
class BitFlipTest {
    private static final int FLIPS = Boolean.getBoolean("proreus.long") ? 1_000 : 20;
    private static final int WRITES = 700;
    private static final long SEED = 20_260_301;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aTurnedBitIsNamedOrHarmless() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Path whole = folder.resolve("whole");
        KnownHistory history = new KnownHistory(random.nextLong(), WRITES);
        try (RocksDbStore store = open(whole)) {
            history.make(store);
        }
        List<Path> files = files(whole);
        assertThat(files.stream().map(Path::toString))
                .as("what a store is made of")
                .anyMatch(name -> name.endsWith(".sst"))
                .anyMatch(name -> name.endsWith(".log"))
                .anyMatch(name -> name.contains("MANIFEST"));
        assertThat(look(whole)).as("before").isEmpty();
        List<String> wrong = new ArrayList<>();
        int named = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            Path file = files.get(random.nextInt(files.size()));
            long bit = random.nextLong(8 * Files.size(file));
            Path copy = folder.resolve("flip" + flip);
            copy(whole, copy);
            turn(copy.resolve(whole.relativize(file)), bit);
            String where = "flip " + flip + ": bit " + bit + " of " + whole.relativize(file);
            List<String> findings = look(copy);
            named += findings.isEmpty() ? 0 : 1;
            String met = met(copy, history, where, wrong);
            if (met != null && findings.isEmpty()) {
                wrong.add(where + ": the look offline found nothing, and a reader meets " + met);
            }
            delete(copy);
        }
        assertThat(wrong).isEmpty();
        assertThat(named).as("of " + FLIPS + " are named").isPositive();
    }

    /** Serves a folder; returns what is refused as damaged, or null where nothing is and all is right. */
    private static @Nullable String met(Path folder, KnownHistory history, String where, List<String> wrong) {
        try (RocksDbStore store = open(folder)) {
            history.check(store);
            return null;
        } catch (StoreClosedException e) {
            throw e;
        } catch (StoreException e) {
            return e.toString();
        } catch (RuntimeException | AssertionError e) {
            wrong.add(where + ": " + e);
            return null;
        }
    }

    /** Looks at a folder offline; returns what is wrong with it. */
    private static List<String> look(Path folder) {
        List<String> findings = new ArrayList<>();
        try (RocksDbStore store = RocksDbStore.openReadOnly(folder, RocksDbSettings.defaults())) {
            store.verifyFiles((file, wrong) -> findings.add(new Finding("file", file, wrong).toString()));
            StoreCheck.run(Keys.ofShard(0), store, finding -> findings.add(finding.toString()), rows -> {});
        } catch (StoreException e) {
            findings.add(e.toString());
        }
        return findings;
    }

    private static RocksDbStore open(Path folder) {
        RocksDbSettings small = new RocksDbSettings(RocksDbSettings.MIN_BYTES, RocksDbSettings.MIN_BYTES);
        return RocksDbStore.open(folder, small, failure -> {});
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = new ArrayList<>();
            for (Path file : all.sorted().toList()) {
                if (Files.isRegularFile(file)
                        && Files.size(file) > 0
                        && !file.toString().contains("native")) {
                    files.add(file);
                }
            }
            return files;
        }
    }

    private static void turn(Path file, long bit) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
        Files.write(file, bytes);
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }
}
