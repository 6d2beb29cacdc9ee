package dev.proreus.workspace.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One watch of a client, which takes as many messages as it cares to, and writes them down. */
final class Watcher implements WatchSink {
    private final World world;
    private final Life life;
    private final RecordedWatch record;
    private final Interest interest;
    private final Workspace top;
    private final TypeDefinition type;
    private @Nullable Subscription subscription;
    private int credit;
    private long reached;
    private String token = "";
    private boolean begun;
    private boolean over;
    private long bookmarked;
    private long owed;
    private final Departures.@Nullable Line line;

    Watcher(World world, RecordedWatch record, Workspace top, TypeDefinition type, int credit, Departures departures) {
        this.world = world;
        this.life = world.life();
        this.record = record;
        this.interest = record.interest();
        this.top = top;
        this.type = type;
        this.credit = credit;
        this.begun = interest.start() == Interest.Start.AFTER;
        this.reached = interest.after();
        this.token = interest.token();
        this.line = interest.subtree() ? departures.open(record, top.id()) : null;
    }

    /** Returns what a watch is called by the tokens of its bookmarks. */
    static String wanted(Interest interest) {
        return interest.name() + " " + interest.labelSelector() + " " + interest.fieldSelector();
    }

    void feedFrom(Subscription feed) {
        subscription = feed;
    }

    Interest interest() {
        return interest;
    }

    boolean over() {
        return over;
    }

    /** Returns the newest bookmark; over a subtree 1 where there is one. */
    long bookmarked() {
        return bookmarked;
    }

    /** Returns the bookmark that it is owed: over a subtree any, else the newest revision when it was asked for. */
    long owed() {
        return owed;
    }

    /** Asks for a last bookmark, whatever came before. */
    void requestLast() {
        bookmarked = 0;
        owed = interest.subtree() ? 1 : top.revision();
        requestBookmark();
    }

    Workspace top() {
        return top;
    }

    /** Returns what to ask for to go on where this one ended. */
    Interest rest() {
        if (interest.subtree()) {
            return token.isEmpty() ? interest.startedWithState() : interest.startedAfter(token);
        }
        return begun ? interest.startedAfter(reached) : interest.startedWithState();
    }

    void take(int messages) {
        credit = messages == Integer.MAX_VALUE ? messages : Math.max(credit, messages);
        subscription().ready();
    }

    void requestBookmark() {
        subscription().requestBookmark();
    }

    void leave() {
        over = true;
        subscription().cancel();
        world.trace().note(record + " is left");
    }

    /** Takes note that the process is no more. */
    void broken() {
        if (!over) {
            over = true;
            world.scribe().recording().ended(record, "UNAVAILABLE");
        }
    }

    private Subscription subscription() {
        if (subscription == null) {
            throw new IllegalStateException("a watch without a feed");
        }
        return subscription;
    }

    @Override
    public boolean isReady() {
        return credit > 0;
    }

    @Override
    public void events(WatchMessage message) {
        List<Event> events = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < message.events().size(); i++) {
            ByteString encoded = message.events().get(i);
            bytes += encoded.size();
            String workspace = interest.subtree() ? message.workspaces().get(i) : interest.workspace();
            WatchEvent event = parse(encoded).getEvents(0);
            boolean ends = event.getDeleted().getKind().equals("Workspace");
            Event told = world.scribe().event(workspace, ends ? Key.WORKSPACES : interest.type(), event);
            events.add(told);
            if (line != null) {
                line.told(told.state().uid(), ends);
            }
        }
        boolean marked = message.hasBookmark();
        if (!interest.latest() && begun && !interest.subtree()) {
            events.forEach(event -> reached = Math.max(reached, event.revision()));
        }
        told(bytes, events, marked ? mark(message.bookmark(), false) : null);
    }

    private static WatchResponse parse(ByteString bytes) {
        try {
            return WatchResponse.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the engine sent what is no event", e);
        }
    }

    @Override
    public void snapshotBegin(long position) {
        throw new IllegalStateException("a plain watch is not framed");
    }

    @Override
    public void bookmark(long position, boolean initialDone) {
        told(0, List.of(), mark(position, initialDone));
    }

    private Message.Mark mark(long position, boolean initialDone) {
        begun = true;
        if (line != null) {
            token = world.engine().resumeToken(top, type, wanted(interest), position);
            line.bookmark(position, token);
            bookmarked = 1;
            return new Message.Mark(0, initialDone, token);
        }
        reached = position;
        bookmarked = position;
        return new Message.Mark(position, initialDone);
    }

    private void told(int bytes, List<Event> events, Message.@Nullable Mark mark) {
        if (over || !life.alive()) {
            world.violated("Ended", record.toString(), "nothing after its end", events + " " + mark);
            return;
        }
        if (credit <= 0) {
            world.violated("Ready", record.toString(), "nothing while it takes nothing", events + " " + mark);
        }
        credit -= credit == Integer.MAX_VALUE ? 0 : 1;
        world.trace().note(record + " is told " + events + " " + mark);
        world.scribe().recording().add(record, new Message(world.scribe().now(), bytes, events, mark));
    }

    @Override
    public void ended(RuntimeException why) {
        over = true;
        String reason = world.refusal(why, record.toString());
        world.trace().note(record + " ends " + reason);
        world.scribe().recording().ended(record, (why instanceof RefusedException ? "REFUSED " : "INTERNAL ") + reason);
    }
}
