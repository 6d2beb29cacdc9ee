package dev.proreus.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.guarantees.validate.Verdict;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every guarantee in random lives of the real server, on both stores. A life that fails names its seed:
 * {@code -Dproreus.seed=N} lives it again.
 */
class ModelPropertyTest {
    private static final Duration FOR = Duration.ofSeconds(Boolean.getBoolean("proreus.long") ? 120 : 5);

    @TempDir
    Path folder;

    @Test
    void everyGuaranteeHoldsOverTheStoreInMemory() throws InterruptedException {
        live("memory", seed -> {
            Store store = new MemoryStore();
            return new World(() -> store, true, seed);
        });
    }

    @Test
    void everyGuaranteeHoldsOverRocksDb() throws InterruptedException {
        live("RocksDB", seed -> {
            Path data = folder.resolve("data-" + seed);
            return new World(
                    () -> RocksDbStore.open(data, RocksDbSettings.defaults(), failure -> {
                        throw failure;
                    }),
                    false,
                    seed);
        });
    }

    private static void live(String store, LongFunction<World> worlds) throws InterruptedException {
        Long given = Long.getLong("proreus.seed");
        SplittableRandom seeds = new SplittableRandom(System.nanoTime());
        long until = System.nanoTime() + FOR.toNanos();
        long lives = 0;
        Happened happened = new Happened();
        do {
            long seed = given == null ? seeds.nextLong() : given;
            try (World world = worlds.apply(seed)) {
                Verdict verdict = new Life(world, seed).run();
                assertThat(verdict.violations()).isEmpty();
                lives++;
                happened.add(world.recorder.recording());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("a life over " + store + " fails, replay it by -Dproreus.seed=" + seed, e);
            }
        } while (given == null && System.nanoTime() < until);
        System.out.println("model, " + store + ": " + lives + " lives, " + happened + ", none broken");
    }
}
