package dev.proreus.workspace.engine;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.cache.CacheSizes;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StructWriter;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real engine on a fresh store, with one type in the root workspace; its clock and its chance are the same each time.
 */
final class BenchEngine implements AutoCloseable {
    private static final long FIRST_MILLIS = 1_800_000_000_000L;
    private static final int READERS = 1;
    private static final int TEXT_LENGTH = 1 << 20;
    private static final long TEXT_STEP = 524_287;
    private static final String TEXT = text(TEXT_LENGTH + (64 << 10));

    private final AtomicLong millis = new AtomicLong(FIRST_MILLIS);
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();
    private final @Nullable Path folder;
    private final Store store;
    private final LocalEngine engine;
    private final Workspace workspace;
    private final TypeDefinition type;

    BenchEngine(StoreKind kind) {
        this.folder = kind == StoreKind.ROCKSDB ? temporaryFolder() : null;
        this.store = folder == null
                ? new MemoryStore()
                : RocksDbStore.open(folder, RocksDbSettings.defaults(), BenchEngine::fail);
        this.engine = LocalEngine.open(
                store,
                new EngineOptions(
                        () -> Instant.ofEpochMilli(millis.incrementAndGet()),
                        new SplittableRandom(1),
                        readers,
                        readers,
                        READERS,
                        Thread::new,
                        Limits.RING_BYTES,
                        CacheSizes.NONE,
                        Limits.RETENTION,
                        background,
                        background,
                        background,
                        Instrumentation.none(),
                        BenchEngine::fail));
        this.workspace = root();
        var unused = join(engine.write(new ObjectWrite(
                ObjectWrite.Verb.CREATE,
                workspace.id(),
                SystemTypes.RESOURCE_TYPES.id(),
                SystemTypes.RESOURCE_TYPES.version(),
                "robots.fleet.example.com",
                sections(definition()),
                "",
                0,
                "benchmark",
                false,
                null)));
        this.type = engine.types().resolve(workspace, "robots");
    }

    Engine engine() {
        return engine;
    }

    TypeDefinition type() {
        return type;
    }

    /** Returns the workspace as it is now. */
    Workspace root() {
        return engine.workspaces().at(WorkspacePath.parse("root"));
    }

    /** Returns a spec whose Struct has about so many bytes, of which a store can compress little. */
    static ObjectSections spec(long count, int bytes) {
        int from = (int) (count * TEXT_STEP % TEXT_LENGTH);
        return sections(Map.of(
                "count", (double) count, "padding", TEXT.substring(from, from + Math.max(0, bytes - 40))));
    }

    private static String text(int length) {
        return new SplittableRandom(1)
                .ints(length, '0', '0' + 64)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static String name(int object) {
        return "robot-" + object;
    }

    CompletionStage<Written> apply(int object, ObjectSections spec) {
        return engine.write(new ObjectWrite(
                ObjectWrite.Verb.APPLY,
                workspace.id(),
                type.id(),
                type.version(),
                name(object),
                spec,
                "",
                0,
                "benchmark",
                false,
                null));
    }

    /** Writes each of so many objects so often, in whole batches. */
    void fill(int objects, int rounds, int bytes) {
        for (int round = 0; round < rounds; round++) {
            ObjectSections spec = spec(round, bytes);
            for (int first = 0; first < objects; first += Limits.BATCH_COMMANDS) {
                List<CompletionStage<Written>> batch = new ArrayList<>();
                for (int i = first; i < Math.min(objects, first + Limits.BATCH_COMMANDS); i++) {
                    batch.add(apply(i, spec));
                }
                batch.forEach(BenchEngine::join);
            }
        }
    }

    static <R> R join(CompletionStage<R> stage) {
        return stage.toCompletableFuture().join();
    }

    static void joinAll(CompletableFuture<?>[] stages) {
        CompletableFuture.allOf(stages).join();
    }

    @Override
    public void close() {
        engine.close();
        readers.shutdownNow();
        background.shutdownNow();
        store.close();
        if (folder != null) {
            delete(folder);
        }
    }

    private static ObjectSections sections(Map<String, ?> spec) {
        return new ObjectSections("", "", MetaSections.EMPTY, StructWriter.write(spec), null);
    }

    private static Map<String, Object> definition() {
        return Map.of(
                "group",
                "fleet.example.com",
                "names",
                Map.of("plural", "robots", "singular", "robot", "kind", "Robot"),
                "inherit",
                true,
                "versions",
                List.of(Map.of("name", "v1")));
    }

    private static void fail(RuntimeException failure) {
        throw failure;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("proreus-benchmark").resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path data) {
        try (Stream<Path> files = Files.walk(data.getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
