package dev.proreus.server.edge;

import dev.proreus.v1.Bookmark;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc.ObjectServiceBlockingStub;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.Context;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** One Watch call, read event by event. */
final class WatchTape implements AutoCloseable {
    private final Context.CancellableContext context = Context.current().withCancellation();
    private final Iterator<WatchResponse> responses;
    private final Deque<WatchResponse> parts = new ArrayDeque<>();
    private String workspace = "";
    private Bookmark last = Bookmark.getDefaultInstance();

    private WatchTape(ObjectServiceBlockingStub stub, WatchRequest request) {
        Context before = context.attach();
        try {
            responses = stub.watch(request);
        } finally {
            context.detach(before);
        }
    }

    static WatchTape of(LiveServer live, WatchRequest.Builder request) {
        return new WatchTape(live.objects(), request.build());
    }

    /** Returns the next event; a bookmark in its place fails. */
    WatchEvent event() {
        WatchResponse next = next();
        if (next.getEventsCount() == 0) {
            throw new AssertionError("expected an event, but came " + next);
        }
        return next.getEvents(0);
    }

    /** Returns the next bookmark; an event in its place fails. */
    Bookmark bookmark() {
        WatchResponse next = next();
        if (!next.hasBookmark()) {
            throw new AssertionError("expected a bookmark, but came " + next);
        }
        return next.getBookmark();
    }

    /** Returns the bookmark that came last. */
    Bookmark lastBookmark() {
        return last;
    }

    /** Says in one line what the next thing is, such as {@code modified r1 @7}. */
    String line() {
        WatchResponse next = next();
        if (next.hasBookmark()) {
            return "bookmark @" + next.getBookmark().getRevision()
                    + (next.getBookmark().getInitialDone() ? " done" : "");
        }
        WatchEvent event = next.getEvents(0);
        workspace = next.getRoutesCount() == 0 ? "" : next.getRoutes(0).getWorkspace();
        Object object = switch (event.getChangeCase()) {
            case ADDED -> event.getAdded();
            case MODIFIED -> event.getModified();
            case DELETED -> event.getDeleted();
            case LEFT -> event.getLeft();
            default -> throw new AssertionError("unexpected " + event);
        };
        String kind = event.getChangeCase().name().toLowerCase(java.util.Locale.ROOT);
        return kind + " " + object.getMetadata().getName() + " @" + event.getRevision();
    }

    /** Says in one line what the next thing is and where, such as {@code added r1 @7 in root:acme}. */
    String routed() {
        String line = line();
        return line + " in " + workspace;
    }

    /** Says what the next thing of a kind is and where, such as {@code added}; what comes before it is passed over. */
    String routed(String kind) {
        String line = routed();
        while (!line.startsWith(kind)) {
            line = routed();
        }
        return line;
    }

    @Override
    public void close() {
        context.cancel(null);
    }

    /** Returns one event or one bookmark. */
    private WatchResponse next() {
        if (parts.isEmpty()) {
            WatchResponse response = responses.next();
            for (int i = 0; i < response.getEventsCount(); i++) {
                WatchResponse.Builder part = WatchResponse.newBuilder().addEvents(response.getEvents(i));
                if (response.getRoutesCount() > 0) {
                    part.addRoutes(response.getRoutes(i));
                }
                parts.add(part.build());
            }
            if (response.hasBookmark()) {
                parts.add(WatchResponse.newBuilder()
                        .setBookmark(response.getBookmark())
                        .build());
            }
        }
        WatchResponse next = parts.remove();
        last = next.hasBookmark() ? next.getBookmark() : last;
        return next;
    }
}
