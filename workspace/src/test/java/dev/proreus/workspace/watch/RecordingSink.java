package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps what it was given, and takes as many messages as it was granted. Without a grant it is always ready.
 *
 * <p>Calls that arrive while it is not ready, or after the end, fail the test at once.
 */
final class RecordingSink implements WatchSink {
    private final List<Call> calls = new ArrayList<>();
    private final LongSupplier publishedHead;
    private int credit = Integer.MAX_VALUE;
    private boolean over;

    /** @param publishedHead what can be published at most when a call arrives */
    RecordingSink(LongSupplier publishedHead) {
        this.publishedHead = publishedHead;
    }

    /** From now on it takes this many messages, and then none. */
    synchronized RecordingSink grant(int messages) {
        credit = messages;
        return this;
    }

    /** From now on it takes at least this many messages; readiness never goes away by itself. */
    synchronized void grantAtLeast(int messages) {
        credit = Math.max(credit, messages);
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized boolean isReady() {
        return credit > 0;
    }

    @Override
    public synchronized void events(WatchMessage given) {
        List<ByteString> events = given.events();
        WatchResponse message;
        try {
            message = WatchResponse.parseFrom(ByteString.copyFrom(events));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        if (message.getEventsCount() != events.size() || message.getEventsCount() == 0) {
            throw new AssertionError(events.size() + " events are a message of " + message.getEventsCount());
        }
        if (!given.workspaces().isEmpty() && given.workspaces().size() != events.size()) {
            throw new AssertionError(given.workspaces().size() + " workspaces of " + events.size() + " events");
        }
        spend(new Call.Events(
                message.getEventsList(),
                events.stream().mapToInt(ByteString::size).boxed().toList(),
                given.workspaces()));
        if (given.hasBookmark()) {
            checkPublished(given.bookmark());
            add(new Call.Bookmark(given.bookmark(), false));
        }
    }

    @Override
    public synchronized void snapshotBegin(long revision) {
        spend(new Call.SnapshotBegin(revision));
    }

    @Override
    public synchronized void bookmark(long revision, boolean initialDone) {
        checkPublished(revision);
        spend(new Call.Bookmark(revision, initialDone));
    }

    private void checkPublished(long position) {
        if (position > publishedHead.getAsLong()) {
            throw new AssertionError("a bookmark at " + position + " runs ahead of " + publishedHead.getAsLong());
        }
    }

    @Override
    public synchronized void ended(RuntimeException why) {
        add(new Call.Ended(why));
        over = true;
    }

    private void spend(Call call) {
        if (credit <= 0) {
            throw new AssertionError(call.getClass() + " though the sink is not ready");
        }
        credit = credit == Integer.MAX_VALUE ? credit : credit - 1;
        add(call);
    }

    private void add(Call call) {
        if (over) {
            throw new AssertionError(call.getClass() + " after the end");
        }
        calls.add(call);
    }

    /** One call of a sink. */
    sealed interface Call {
        /** One message. */
        record Events(List<WatchEvent> list, List<Integer> sizes, List<String> workspaces) implements Call {
            /** Returns the path of an event's workspace; empty where there is but one. */
            String workspace(int index) {
                return workspaces.isEmpty() ? "" : workspaces.get(index);
            }
        }

        /** The frame of a snapshot. */
        record SnapshotBegin(long revision) implements Call {}

        /** A bookmark. */
        record Bookmark(long revision, boolean initialDone) implements Call {}

        /** The end. */
        record Ended(RuntimeException why) implements Call {}
    }
}
