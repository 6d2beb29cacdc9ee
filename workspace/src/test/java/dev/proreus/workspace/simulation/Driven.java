package dev.proreus.workspace.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.v1.Object;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchMode;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An agent's subscription to what it drives. It holds what it was told, over restarts, and goes on from its last
 * bookmark; when all is at rest, that must be what its claim drives, however claims have moved.
 */
final class Driven implements WatchSink {
    private final World world;
    private final Workspace home;
    private final Claim claim;
    private final WatchMode mode;
    private final int number;
    private Map<String, Long> held = new TreeMap<>();
    private @Nullable Map<String, Long> snapshot;
    private @Nullable Subscription subscription;
    private long cursor;
    private boolean over;

    Driven(World world, Workspace home, Claim claim, WatchMode mode, int number) {
        this.world = world;
        this.home = home;
        this.claim = claim;
        this.mode = mode;
        this.number = number;
    }

    long workspaceId() {
        return home.id();
    }

    Claim claim() {
        return claim;
    }

    /** Returns the names that it holds, with the resource version of each. */
    Map<String, Long> held() {
        return held;
    }

    /** Returns whether a process feeds it. */
    boolean runs() {
        return subscription != null;
    }

    /** Returns whether it has ended for good. */
    boolean over() {
        return over;
    }

    /** Goes on, or begins, in the process that there is now. */
    void begin() {
        Workspace now = world.engine().workspaces().byId(home.id());
        if (now == null) {
            over = true;
            return;
        }
        WatchStart start = cursor == 0
                ? new WatchStart.InitialState()
                : world.engine().resume(now, claim, cursor, home.incarnation().toString());
        world.trace().note(this + " begins with " + start);
        snapshot = null;
        WatchSpec spec = new WatchSpec(
                new Scope.OneWorkspace(home.id()),
                claim.typeId(),
                world.engine().driven(now, claim),
                start,
                mode,
                false,
                true,
                0);
        subscription = world.engine().watch(spec, this, world.life().loop(number));
    }

    /** Takes note that the process is no more. */
    void broken() {
        subscription = null;
    }

    void requestBookmark() {
        if (subscription != null) {
            subscription.requestBookmark();
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void snapshotBegin(long position) {
        world.trace().note(this + " begins a snapshot at " + position);
        snapshot = new TreeMap<>();
    }

    @Override
    public void events(WatchMessage message) {
        for (ByteString each : message.events()) {
            take(parse(each));
        }
        if (message.hasBookmark()) {
            bookmark(message.bookmark(), false);
        }
    }

    private static WatchEvent parse(ByteString bytes) {
        try {
            return WatchResponse.parseFrom(bytes).getEvents(0);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the engine sent what is no event", e);
        }
    }

    private void take(WatchEvent event) {
        Map<String, Long> into = snapshot == null ? held : snapshot;
        switch (event.getChangeCase()) {
            case ADDED -> put(into, event.getAdded());
            case MODIFIED -> put(into, event.getModified());
            case DELETED -> into.remove(event.getDeleted().getMetadata().getName());
            case LEFT -> into.remove(event.getLeft().getMetadata().getName());
            default -> throw new IllegalStateException("an event of an unknown kind: " + event);
        }
        world.trace().note(this + " is told " + event.getChangeCase() + " at " + event.getRevision());
    }

    private static void put(Map<String, Long> into, Object object) {
        into.put(object.getMetadata().getName(), object.getMetadata().getResourceVersion());
    }

    @Override
    public void bookmark(long position, boolean initialDone) {
        world.trace().note(this + " is told of " + position + (initialDone ? ", the end of a snapshot" : ""));
        cursor = position;
        if (snapshot != null && initialDone) {
            held = snapshot;
            snapshot = null;
        }
    }

    @Override
    public void ended(RuntimeException why) {
        String reason = world.refusal(why, toString());
        world.trace().note(this + " ends " + reason);
        subscription = null;
        over = !reason.equals("STOPPING") && !world.life().faulty();
        if (over && !reason.equals("WORKSPACE_DELETED")) {
            world.violated("Driven", toString(), "no end", why.toString());
        }
    }

    @Override
    public String toString() {
        return "subscription " + number + " to " + claim + " in " + home.path() + " " + mode;
    }
}
