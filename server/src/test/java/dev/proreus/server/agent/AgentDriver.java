package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.Bookmark;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Object;
import dev.proreus.v1.Subscribe;
import dev.proreus.v1.WatchEvent;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** An agent that acts by chance, and checks each event against what it holds. Used by one thread at a time. */
final class AgentDriver {
    private final Channel channel;
    private final String workspace;
    private final String name;
    private final SplittableRandom random;

    /** What it holds, by uid. */
    private final Map<String, Object> held = new HashMap<>();

    /** What came since the last bookmark: it counts at the next one, or not at all. */
    private final List<WatchEvent> pass = new ArrayList<>();

    private @Nullable Set<String> unseen;
    private @Nullable Cursor cursor;
    private @Nullable TestAgent stream;
    private int instance;
    private long seq;

    AgentDriver(LoopbackServer server, String workspace, String name, SplittableRandom random) {
        this.channel = server.channel();
        this.workspace = workspace;
        this.name = name;
        this.random = random;
    }

    String workspace() {
        return workspace;
    }

    String name() {
        return name;
    }

    /** Returns the generations of what it holds, by uid. */
    Map<String, Long> held() {
        Map<String, Long> generations = new HashMap<>();
        held.forEach((uid, object) -> generations.put(uid, object.getMetadata().getGeneration()));
        return generations;
    }

    /** Does some things. */
    void act(int steps) {
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(10)) {
                case 0 -> breakOff();
                case 1 -> takeOver();
                case 2, 3, 4, 5 -> report();
                default -> catchUp(0);
            }
        }
    }

    /** Takes everything up to a revision. */
    void settle(long revision) {
        catchUp(revision);
    }

    void leave() {
        TestAgent open = stream();
        open.say(Say.goodbye());
        stream = null;
    }

    private void breakOff() {
        stream().vanish();
        stream = null;
    }

    /** Lets a newer instance take over, with what this one holds. */
    private void takeOver() {
        TestAgent older = stream();
        instance++;
        stream = null;
        stream();
        assertThat(older.failure()).isEqualTo("SUPERSEDED");
    }

    /** Reports some object; it may have another driver or be gone by now. */
    private void report() {
        catchUp(0);
        if (held.isEmpty()) {
            return;
        }
        Object object = held.values().stream()
                .skip(random.nextInt(held.size()))
                .findFirst()
                .orElseThrow();
        seq++;
        stream()
                .say(Say.of(Say.position(
                        seq,
                        object.getMetadata().getName(),
                        object.getMetadata().getUid(),
                        object.getMetadata().getGeneration(),
                        random.nextInt(3))));
        while (true) {
            ConnectResponse next = take();
            if (next.hasProblem()) {
                assertThat(next.getProblem().getSeq()).isEqualTo(seq);
                assertThat(TestAgent.reason(next.getProblem().getError()))
                        .isIn("NOT_DRIVER", "OBJECT_NOT_FOUND", "UID_MISMATCH");
                return;
            }
            if (next.hasReportResults()) {
                assertThat(next.getReportResults().getResults(0).getSeq()).isEqualTo(seq);
                return;
            }
        }
    }

    /** Takes what comes up to a bookmark at a revision or above; one that ends a snapshot answers a request, too. */
    private void catchUp(long revision) {
        stream().say(Say.requestBookmark(1));
        while (true) {
            Bookmark bookmark = bookmarkOf(take());
            if (bookmark != null && bookmark.getRevision() >= revision) {
                return;
            }
            if (bookmark != null) {
                stream().say(Say.requestBookmark(1));
            }
        }
    }

    private TestAgent stream() {
        TestAgent open = stream;
        if (open == null) {
            Subscribe.Builder robots = Say.assigned(1, "robots", name);
            if (cursor != null) {
                robots.setCursor(cursor);
            }
            Hello.Builder hello =
                    Say.hello(name, "i" + instance).setWorkspace(workspace).addSubscriptions(robots);
            open = new TestAgent(channel, hello);
            unseen = null;
            pass.clear();
            stream = open;
            open.welcome();
        }
        return open;
    }

    /** Takes one message and checks it. */
    private ConnectResponse take() {
        ConnectResponse next = stream().hear();
        pass.addAll(next.getDelivery().getEventsList());
        if (next.hasSnapshotBegin()) {
            pass.clear();
            unseen = new HashSet<>(held.keySet());
        }
        Bookmark bookmark = bookmarkOf(next);
        if (bookmark != null) {
            pass.forEach(this::apply);
            pass.clear();
            bookmark(bookmark);
        }
        return next;
    }

    private static @Nullable Bookmark bookmarkOf(ConnectResponse message) {
        if (message.hasBookmark()) {
            return message.getBookmark();
        }
        return message.getDelivery().hasBookmark() ? message.getDelivery().getBookmark() : null;
    }

    private void bookmark(Bookmark bookmark) {
        if (bookmark.getInitialDone()) {
            assertThat(unseen).as("objects before a snapshot").isNotNull();
            if (unseen != null) {
                held.keySet().removeAll(unseen);
            }
            unseen = null;
        }
        assertThat(bookmark.getRevision()).isGreaterThanOrEqualTo(cursor == null ? 0 : cursor.getRevision());
        cursor = cursor == null || !bookmark.getIncarnation().isEmpty()
                ? TestAgent.cursor(bookmark)
                : cursor.toBuilder().setRevision(bookmark.getRevision()).build();
    }

    private void apply(WatchEvent event) {
        Object object = switch (event.getChangeCase()) {
            case ADDED -> event.getAdded();
            case MODIFIED -> event.getModified();
            case DELETED -> event.getDeleted();
            case LEFT -> event.getLeft();
            case KNOWN, CHANGE_NOT_SET -> throw new AssertionError(event);
        };
        String uid = object.getMetadata().getUid();
        Set<String> snapshot = unseen;
        if (snapshot != null) {
            assertThat(event.hasAdded()).as("%s in a snapshot", event).isTrue();
            snapshot.remove(uid);
            held.put(uid, object);
            return;
        }
        assertThat(held.containsKey(uid))
                .as("%s holds %s", event, held.keySet())
                .isEqualTo(!event.hasAdded());
        assertThat(event.getRevision()).as("%s", event).isGreaterThan(cursor == null ? 0 : cursor.getRevision());
        if (event.hasAdded() || event.hasModified()) {
            held.put(uid, object);
        } else {
            held.remove(uid);
        }
    }
}
