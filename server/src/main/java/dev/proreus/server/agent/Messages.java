package dev.proreus.server.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.WireFormat;
import com.google.rpc.Status;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.Delivery;
import dev.proreus.v1.Drain;
import dev.proreus.v1.Problem;
import dev.proreus.v1.ReportResult;
import dev.proreus.v1.ReportResults;
import dev.proreus.v1.Resume;
import dev.proreus.v1.Route;
import dev.proreus.v1.SessionLimits;
import dev.proreus.v1.SnapshotBegin;
import dev.proreus.v1.SubscriptionState;
import dev.proreus.v1.Superseded;
import dev.proreus.v1.Welcome;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.watch.WatchMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server says in an agent's stream, encoded. Pure functions. */
final class Messages {
    private static final SessionLimits LIMITS = SessionLimits.newBuilder()
            .setMessageBytes(Limits.REQUEST_BYTES)
            .setSubscriptions(Limits.SESSION_SUBSCRIPTIONS)
            .setReportsInFlight(SessionBounds.REPORTS_IN_FLIGHT)
            .build();

    private Messages() {}

    /** Returns a Welcome to add session, epoch, incarnation and resumed to. */
    static Welcome.Builder welcome(Instant now) {
        return Welcome.newBuilder()
                .setHeartbeatInterval(duration(Limits.HEARTBEAT_INTERVAL))
                .setLimits(LIMITS)
                .setServerTime(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
    }

    static Encoded welcome(Welcome.Builder welcome) {
        return encoded(ConnectResponse.newBuilder().setWelcome(welcome));
    }

    static Encoded active(int subscription, Resume resume) {
        return state(SubscriptionState.newBuilder()
                .setSubscription(subscription)
                .setState(SubscriptionState.State.STATE_ACTIVE)
                .setResume(resume));
    }

    static Encoded refused(int subscription, Status why) {
        return state(SubscriptionState.newBuilder()
                .setSubscription(subscription)
                .setState(SubscriptionState.State.STATE_REFUSED)
                .setError(why));
    }

    /** Says that a subscription has ended; {@code why} is null where the agent asked for it. */
    static Encoded ended(int subscription, @Nullable Status why) {
        SubscriptionState.Builder state = SubscriptionState.newBuilder()
                .setSubscription(subscription)
                .setState(SubscriptionState.State.STATE_ENDED);
        return state(why == null ? state : state.setError(why));
    }

    static Encoded snapshotBegin(int subscription, long revision) {
        return encoded(ConnectResponse.newBuilder()
                .setSnapshotBegin(
                        SnapshotBegin.newBuilder().setSubscription(subscription).setRevision(revision)));
    }

    static Encoded bookmark(int subscription, long revision, boolean initialDone, String incarnation) {
        return encoded(ConnectResponse.newBuilder()
                .setBookmark(Bookmark.newBuilder()
                        .setSubscription(subscription)
                        .setRevision(revision)
                        .setInitialDone(initialDone)
                        .setIncarnation(incarnation)));
    }

    /**
     * Returns a Delivery of shared events, which are not copied.
     *
     * @param message the events, each with the tag of {@code Delivery.events} and its length, and perhaps a bookmark
     * @param subscription the one that they are for
     * @param routed whether routes must say so
     */
    static Encoded delivery(WatchMessage message, int subscription, boolean routed) {
        List<ByteString> events = message.events();
        ByteString rest = afterEvents(message, subscription, routed);
        int size = rest.size();
        for (ByteString event : events) {
            size += event.size();
        }
        List<ByteString> segments = new ArrayList<>(events.size() + 2);
        segments.add(header(ConnectResponse.DELIVERY_FIELD_NUMBER, size));
        segments.addAll(events);
        if (!rest.isEmpty()) {
            segments.add(rest);
        }
        return Encoded.of(segments);
    }

    static Encoded results(List<ReportResult> results) {
        return encoded(ConnectResponse.newBuilder()
                .setReportResults(ReportResults.newBuilder().addAllResults(results)));
    }

    static Encoded drain(java.time.Duration deadline) {
        return encoded(ConnectResponse.newBuilder().setDrain(Drain.newBuilder().setDeadline(duration(deadline))));
    }

    static Encoded superseded(String instance, long epoch) {
        return encoded(ConnectResponse.newBuilder()
                .setSuperseded(Superseded.newBuilder().setInstance(instance).setEpoch(epoch)));
    }

    static Encoded problem(Problem problem) {
        return encoded(ConnectResponse.newBuilder().setProblem(problem));
    }

    private static Encoded state(SubscriptionState.Builder state) {
        return encoded(ConnectResponse.newBuilder().setSubscriptionState(state));
    }

    private static Encoded encoded(ConnectResponse.Builder response) {
        return Encoded.of(response.build());
    }

    /** Returns the fields of a Delivery that follow its events: where they belong, and a bookmark. */
    private static ByteString afterEvents(WatchMessage message, int subscription, boolean routed) {
        Delivery.Builder rest = Delivery.newBuilder();
        for (int event = 0; routed && event < message.events().size(); event++) {
            rest.addRoutes(Route.newBuilder().setEvent(event).addSubscriptions(subscription));
        }
        if (message.hasBookmark()) {
            rest.setBookmark(
                    Bookmark.newBuilder().setRevision(message.bookmark()).setSubscription(subscription));
        }
        return rest.build().toByteString();
    }

    private static ByteString header(int field, int length) {
        byte[] header =
                new byte[CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(length)];
        CodedOutputStream out = CodedOutputStream.newInstance(header);
        try {
            out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(length);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("an array of the right size was full", e);
        }
        return ByteString.copyFrom(header);
    }

    private static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
