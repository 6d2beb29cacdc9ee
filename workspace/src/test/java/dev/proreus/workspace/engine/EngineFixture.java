package dev.proreus.workspace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.cache.CacheSizes;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.canonical.StructWriter;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.Overlap;
import dev.proreus.workspace.commit.WorkspaceUpdate;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An engine over a store, with short words for what tests do with it. Its clock moves a millisecond at each look. */
final class EngineFixture implements AutoCloseable {
    static final String ROBOTS = "robots.fleet.example.com";

    private static final long START = 1_800_000_000_000L;
    private static final long OBJECT_CACHE_BYTES = 1 << 20;

    /** Mutants that answer nobody are many, and each is waited for. */
    private static final long WAIT_SECONDS = Boolean.getBoolean("proreus.short") ? 2 : 20;

    private final AtomicLong millis = new AtomicLong(START);
    private final ExecutorService own = Executors.newFixedThreadPool(2);
    private final HandExecutor background = new HandExecutor();
    private final HandExecutor reclaimer = new HandExecutor();

    /** Runs what counts. */
    final HandExecutor checker = new HandExecutor();

    final LocalEngine engine;

    EngineFixture(Store store, long seed) {
        this(store, seed, null, Limits.RETENTION);
    }

    /** Returns an engine that tells of a failing store. */
    static EngineFixture telling(Store store, long seed, Consumer<RuntimeException> onFailure) {
        return new EngineFixture(store, seed, null, Limits.RETENTION, onFailure);
    }

    /** @param given runs reads; null for threads of its own */
    EngineFixture(Store store, long seed, @Nullable Executor given) {
        this(store, seed, given, Limits.RETENTION);
    }

    EngineFixture(Store store, long seed, @Nullable Executor given, Retention retention) {
        this(store, seed, given, retention, failure -> {
            throw failure;
        });
    }

    private EngineFixture(
            Store store,
            long seed,
            @Nullable Executor given,
            Retention retention,
            Consumer<RuntimeException> onFailure) {
        Executor readers = given == null ? own : given;
        engine = LocalEngine.open(
                store,
                new EngineOptions(
                        () -> Instant.ofEpochMilli(millis.incrementAndGet()),
                        new SplittableRandom(seed),
                        readers,
                        readers,
                        1,
                        Thread::new,
                        Limits.RING_BYTES,
                        new CacheSizes(OBJECT_CACHE_BYTES, 0),
                        retention,
                        background,
                        reclaimer,
                        checker,
                        Instrumentation.none(),
                        onFailure),
                Seams.overlapping(Overlap.ALWAYS));
    }

    /** Lets time pass. */
    void pass(Duration time) {
        millis.addAndGet(time.toMillis());
    }

    /** Returns a UUIDv7 made now. */
    UUID requestId(long seed) {
        return requestId(Instant.ofEpochMilli(millis.get()), seed);
    }

    static UUID requestId(Instant made, long seed) {
        return new UUID((made.toEpochMilli() << 16) | 0x7000L, 0x8000_0000_0000_0000L | seed);
    }

    static <R> R await(CompletionStage<R> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refusal) {
                throw refusal;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static Reason refusal(Supplier<?> call) {
        return refused(call).reason();
    }

    static RefusedException refused(Supplier<?> call) {
        Throwable thrown = catchThrowable(call::get);
        assertThat(thrown).isInstanceOf(RefusedException.class);
        return (RefusedException) thrown;
    }

    Workspace workspace(String path) {
        return engine.workspaces().at(WorkspacePath.parse(path));
    }

    Workspace create(String path) {
        await(engine.createWorkspace(WorkspacePath.parse(path)));
        return workspace(path);
    }

    TypeDefinition defineRobots(String path) {
        await(engine.write(wish(
                ObjectWrite.Verb.CREATE,
                workspace(path),
                SystemTypes.RESOURCE_TYPES,
                ROBOTS,
                sections(robotDefinition()))));
        return engine.types().resolve(workspace(path), "robots");
    }

    static Map<String, Object> robotDefinition() {
        return Map.of(
                "group",
                "fleet.example.com",
                "names",
                Map.of("plural", "robots", "singular", "robot", "kind", "Robot", "shortNames", List.of("rb")),
                "inherit",
                true,
                "assignmentField",
                "spec.agent",
                "versions",
                List.of(Map.of("name", "v1")));
    }

    static ObjectSections sections(Map<String, ?> spec) {
        return new ObjectSections("", "", MetaSections.EMPTY, StructWriter.write(spec), null);
    }

    static ObjectSections status(Map<String, ?> body) {
        return new ObjectSections(
                "",
                "",
                MetaSections.EMPTY,
                null,
                new StatusSections(StructWriter.write(body), OptionalLong.empty(), List.of()));
    }

    static ObjectWrite wish(
            ObjectWrite.Verb verb,
            Workspace workspace,
            TypeDefinition type,
            String name,
            @Nullable ObjectSections object) {
        return new ObjectWrite(
                verb, workspace.id(), type.id(), type.version(), name, object, "", 0, "test", false, null);
    }

    static ObjectWrite fenced(ObjectWrite wish, Fence fence) {
        return new ObjectWrite(
                wish.verb(),
                wish.workspaceId(),
                wish.typeId(),
                wish.typeVersion(),
                wish.name(),
                wish.object(),
                wish.uid(),
                wish.resourceVersion(),
                wish.manager(),
                wish.force(),
                fence);
    }

    static ObjectWrite at(ObjectWrite wish, String uid, long resourceVersion, String manager, boolean force) {
        return new ObjectWrite(
                wish.verb(),
                wish.workspaceId(),
                wish.typeId(),
                wish.typeVersion(),
                wish.name(),
                wish.object(),
                uid,
                resourceVersion,
                manager,
                force,
                wish.fence());
    }

    /** Returns the update that sets how much history is kept. */
    static WorkspaceUpdate retention(@Nullable Duration age, @Nullable Long bytes) {
        return new WorkspaceUpdate(age, bytes, null, null, null, null);
    }

    /** Returns the update that sets all quotas. */
    static WorkspaceUpdate quotas(Quota own, Quota subtree) {
        return new WorkspaceUpdate(null, null, own.objects(), own.bytes(), subtree.objects(), subtree.bytes());
    }

    Written write(ObjectWrite wish) {
        return await(engine.write(wish));
    }

    /** Makes writes one after another, waiting for none before the next is under way; returns the objects. */
    List<ByteString> writeTogether(int count, IntFunction<ObjectWrite> wishes) {
        List<CompletionStage<Written>> writes =
                IntStream.range(0, count).mapToObj(wishes).map(engine::write).toList();
        return writes.stream().map(each -> await(each).object()).toList();
    }

    ObjectSections get(Workspace workspace, TypeDefinition type, String name) {
        ByteString bytes = await(engine.get(workspace, type, name, 0)).state().object();
        return ObjectSections.decode(bytes);
    }

    /** Holds that a watch goes on after a position, and does not start over. */
    static void assertGoesOnAfter(WatchStart start, long position) {
        assertThat(start)
                .isInstanceOfSatisfying(
                        WatchStart.After.class,
                        after -> assertThat(after.position()).isEqualTo(position));
    }

    /** Returns the time that has passed since the fixture was made. */
    Duration passed() {
        return Duration.ofMillis(millis.get() - START);
    }

    /** Lets history be trimmed, a step, and the floors that it asks for rise. */
    void trimStep() {
        background.runNext();
        assertThat(background.nextDelay()).isNotNull();
    }

    /** Lets history be trimmed, a step, and does not wait for the answers to what it asks for. */
    void beginTrimStep() {
        background.runNext();
    }

    /** Lets history be trimmed until nothing is left to do. */
    void trim() {
        do {
            background.runNext();
        } while (background.nextDelay().compareTo(Duration.ofSeconds(1)) < 0);
    }

    /** Lets deletions go on, a step, and what it asks for be answered. */
    void deletionStep() {
        reclaimer.runNext();
        assertThat(reclaimer.nextDelay()).isNotNull();
    }

    /** Lets deletions go on, a step, and does not wait for the answers to what it asks for. */
    void beginDeletionStep() {
        reclaimer.runNext();
    }

    /** Returns how long deletions rest now. */
    Duration deletionRest() {
        return reclaimer.nextDelay();
    }

    /** Lets deletions go on until nothing is left to do. */
    void finishDeletions() {
        do {
            reclaimer.runNext();
        } while (reclaimer.nextDelay().compareTo(Duration.ofSeconds(1)) < 0);
    }

    @Override
    public void close() {
        engine.close();
        own.shutdownNow();
        background.shutdownNow();
        reclaimer.shutdownNow();
        checker.shutdownNow();
    }
}
