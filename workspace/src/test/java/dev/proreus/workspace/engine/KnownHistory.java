package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.wish;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A random history of several workspaces that is known beside the store that it is made in, so that everything which
 * can be read of the store can be held against it.
 */
final class KnownHistory {
    private static final int NAMES = 60;
    private static final int PAYLOAD_BYTES = 3_000;
    private static final Retention HOUR = new Retention(Duration.ofHours(1), 1L << 30);
    private static final List<String> PATHS = List.of("root:acme", "root:acme:berlin", "root:globex");

    private final int writes;
    private final Random random;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Map<String, List<Change>> changes = new LinkedHashMap<>();
    private final Map<String, Long> floors = new LinkedHashMap<>();

    /** A change of a robot: its object, of one deleted the last. */
    private record Change(long revision, String name, boolean deleted, ByteString object) {}

    KnownHistory(long seed, int writes) {
        this.writes = writes;
        random = new Random(seed);
        PATHS.forEach(path -> changes.put(path, new ArrayList<>()));
    }

    private List<Change> of(String path) {
        return Objects.requireNonNull(changes.get(path));
    }

    /** Makes the history in an empty store, half of it above the floors. */
    void make(Store store) {
        try (EngineFixture fixture = new EngineFixture(store, random.nextLong(), tasks::add, HOUR)) {
            TypeDefinition robots = fixture.defineRobots("root");
            PATHS.forEach(fixture::create);
            fixture.create("root:short");
            EngineFixture.await(fixture.engine.deleteWorkspace(
                    WorkspacePath.parse("root:short"), WorkspaceDeletion.IF_EMPTY, fixture.requestId(1)));
            write(fixture, robots, writes / 2);
            fixture.pass(HOUR.age().multipliedBy(2));
            write(fixture, robots, 1);
            fixture.trim();
            write(fixture, robots, writes / 2);
            PATHS.forEach(path -> floors.put(path, fixture.workspace(path).floor()));
        }
    }

    private void write(EngineFixture fixture, TypeDefinition robots, int count) {
        for (int i = 0; i < count; i++) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            Workspace workspace = fixture.workspace(path);
            Set<String> names = new HashSet<>();
            List<ObjectWrite> wishes = new ArrayList<>();
            while (wishes.size() <= random.nextInt(3)) {
                String name = "r" + random.nextInt(NAMES);
                boolean there = at(path, Long.MAX_VALUE).containsKey(name);
                if (names.add(name)) {
                    wishes.add(
                            there && random.nextInt(4) == 0
                                    ? wish(DELETE, workspace, robots, name, null)
                                    : wish(APPLY, workspace, robots, name, sections(spec())));
                }
            }
            var receipt = EngineFixture.await(fixture.engine.write(
                    new ObjectWrites(workspace.id(), wishes, true, false, fixture.requestId(i + 2))));
            for (int k = 0; k < wishes.size(); k++) {
                Written written = receipt.list().get(k);
                boolean deleted = written.outcome() == Written.Outcome.DELETED;
                of(path).add(new Change(receipt.revision(), wishes.get(k).name(), deleted, written.object()));
            }
        }
    }

    private Map<String, Object> spec() {
        byte[] noise = new byte[random.nextInt(PAYLOAD_BYTES)];
        random.nextBytes(noise);
        return Map.of(
                "target",
                random.nextInt(),
                "agent",
                "fleet-" + random.nextInt(3),
                "note",
                Base64.getEncoder().encodeToString(noise));
    }

    private NavigableMap<String, ByteString> at(String path, long revision) {
        NavigableMap<String, ByteString> state = new TreeMap<>();
        for (Change change : of(path)) {
            if (change.revision <= revision && change.deleted) {
                state.remove(change.name);
            } else if (change.revision <= revision) {
                state.put(change.name, change.object);
            }
        }
        return state;
    }

    /**
     * Reads everything of a store that is to hold this history, and throws {@link AssertionError} where something is
     * another than it was.
     *
     * @throws StoreException where the store says that it is damaged
     */
    void check(Store store) {
        try (EngineFixture fixture = new EngineFixture(store, 1, tasks::add, HOUR)) {
            Set<String> paths = new HashSet<>();
            fixture.engine.workspaces().forEach(each -> paths.add(each.path().text()));
            Set<String> expected = new HashSet<>(PATHS);
            expected.add("root");
            same("workspaces", paths, expected);
            for (String path : PATHS) {
                check(fixture, path);
            }
        } finally {
            tasks.clear();
        }
    }

    private void check(EngineFixture fixture, String path) {
        Workspace workspace = fixture.workspace(path);
        TypeDefinition robots = fixture.engine.types().resolve(workspace, "robots");
        long head = of(path).stream().mapToLong(Change::revision).max().orElse(0);
        same(path + " revision", workspace.revision() >= head, true);
        same(path + " floor", workspace.floor(), floors.get(path));
        for (long revision : new long[] {workspace.floor(), (workspace.floor() + head) / 2, head}) {
            same(path + "@" + revision, list(fixture, workspace, robots, revision), at(path, revision));
        }
        at(path, head)
                .forEach((name, object) -> same(
                        path + " " + name,
                        done(fixture.engine.get(workspace, robots, name, 0))
                                .state()
                                .object(),
                        object));
        watch(fixture, path, workspace, robots);
    }

    private NavigableMap<String, ByteString> list(
            EngineFixture fixture, Workspace workspace, TypeDefinition robots, long revision) {
        NavigableMap<String, ByteString> found = new TreeMap<>();
        String token = "";
        do {
            ObjectPage page = done(fixture.engine.list(workspace, robots, Selector.EVERY, revision, 20, token));
            page.items()
                    .forEach(item -> found.put(item.state().name(), item.state().object()));
            token = page.nextPageToken();
        } while (!token.isEmpty());
        return found;
    }

    private void watch(EngineFixture fixture, String path, Workspace workspace, TypeDefinition robots) {
        Tape tape = new Tape();
        fixture.engine.watch(
                new WatchSpec(
                        workspace.id(),
                        robots.id(),
                        WatchFilter::every,
                        fixture.engine.after(workspace, workspace.floor()),
                        false,
                        0),
                tape,
                tasks::add);
        run();
        if (tape.end != null && tape.end.getCause() instanceof StoreException damaged) {
            throw damaged;
        }
        same(path + " end of the watch", tape.end, null);
        List<Change> expected = of(path).stream()
                .filter(change -> change.revision > workspace.floor())
                .toList();
        same(path + " watched", tape.seen, expected);
    }

    private <R> R done(CompletionStage<R> stage) {
        run();
        try {
            CompletableFuture<R> future = stage.toCompletableFuture();
            same("answered", future.isDone(), true);
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException damaged) {
                throw damaged;
            }
            throw new AssertionError(e.getCause());
        }
    }

    private void run() {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            next.run();
        }
    }

    private static void same(String what, @Nullable Object is, @Nullable Object was) {
        if (!Objects.equals(is, was)) {
            String text = is + " instead of " + was;
            throw new AssertionError(what + " is " + text.substring(0, Math.min(text.length(), 500)));
        }
    }

    /** What a watch was told. */
    private static final class Tape implements WatchSink {
        private final List<Change> seen = new ArrayList<>();
        private @Nullable RuntimeException end;

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void events(WatchMessage message) {
            try {
                WatchResponse.parseFrom(ByteString.copyFrom(message.events()))
                        .getEventsList()
                        .forEach(event -> seen.add(change(event)));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        private static Change change(WatchEvent event) {
            var object = switch (event.getChangeCase()) {
                case ADDED -> event.getAdded();
                case MODIFIED -> event.getModified();
                default -> event.getDeleted();
            };
            return new Change(
                    event.getRevision(), object.getMetadata().getName(), event.hasDeleted(), object.toByteString());
        }

        @Override
        public void snapshotBegin(long position) {
            throw new AssertionError("a snapshot was not asked for");
        }

        @Override
        public void bookmark(long position, boolean initialDone) {
            // Where it stands is not what is looked at here.
        }

        @Override
        public void ended(RuntimeException why) {
            end = why;
        }
    }
}
