package dev.proreus.agent.scripted;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.Delivery;
import dev.proreus.v1.Drain;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Object;
import dev.proreus.v1.Problem;
import dev.proreus.v1.Report;
import dev.proreus.v1.ReportResult;
import dev.proreus.v1.ReportResults;
import dev.proreus.v1.Resume;
import dev.proreus.v1.Resumed;
import dev.proreus.v1.Route;
import dev.proreus.v1.SessionLimits;
import dev.proreus.v1.SnapshotBegin;
import dev.proreus.v1.SubscriptionState;
import dev.proreus.v1.Superseded;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.Welcome;
import dev.proreus.v1.WriteOutcome;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One session of a scripted server: a test reads what the agent says and says what the server would. For one test
 * thread.
 */
public final class ScriptedSession {
    /** The mark of history that these sessions tell, unless a test tells another. */
    public static final String INCARNATION = "inc-1";

    private final ServerCallStreamObserver<ConnectResponse> responses;
    private final BlockingQueue<ConnectRequest> said = new LinkedBlockingQueue<>();
    private final CountDownLatch halfClosed = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);

    ScriptedSession(ServerCallStreamObserver<ConnectResponse> responses) {
        this.responses = responses;
        responses.setOnCancelHandler(cancelled::countDown);
    }

    StreamObserver<ConnectRequest> requests() {
        return new StreamObserver<>() {
            @Override
            public void onNext(ConnectRequest message) {
                said.add(message);
            }

            @Override
            public void onError(Throwable thrown) {
                cancelled.countDown();
            }

            @Override
            public void onCompleted() {
                halfClosed.countDown();
            }
        };
    }

    // What the agent says.

    /** Waits for the next message. */
    public ConnectRequest await() throws InterruptedException {
        ConnectRequest message = said.poll(ScriptedServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the agent says nothing");
        }
        return message;
    }

    /** Waits for Hello, which comes first. */
    public Hello awaitHello() throws InterruptedException {
        ConnectRequest first = await();
        if (!first.hasHello()) {
            throw new AssertionError("the agent begins with " + first);
        }
        return first.getHello();
    }

    /** Waits for the next report; what comes before it is skipped. */
    public Report awaitReport() throws InterruptedException {
        while (true) {
            ConnectRequest next = await();
            if (next.hasReport()) {
                return next.getReport();
            }
        }
    }

    /** Takes what has been said and not read; null where there is nothing. */
    public @Nullable ConnectRequest poll() {
        return said.poll();
    }

    /** Waits until the agent says goodbye. */
    public boolean awaitGoodbye() throws InterruptedException {
        return halfClosed.await(ScriptedServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until the agent has cut the session. */
    public boolean awaitCancelled() throws InterruptedException {
        return cancelled.await(ScriptedServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    // What the server says.

    /** Welcomes the agent, all its subscriptions going on in the same way. */
    public ScriptedSession welcome(Resume resume) throws InterruptedException {
        return welcome(awaitHello(), resume, SessionLimits.getDefaultInstance());
    }

    /** Welcomes the agent that said this. */
    public ScriptedSession welcome(Hello hello, Resume resume, SessionLimits limits) {
        Welcome.Builder welcome = Welcome.newBuilder()
                .setSession("scripted")
                .setEpoch(7)
                .setIncarnation(INCARNATION)
                .setLimits(limits)
                .setHeartbeatInterval(Duration.newBuilder().setNanos(100_000_000));
        hello.getSubscriptionsList()
                .forEach(subscription -> welcome.addResumed(Resumed.newBuilder()
                        .setSubscription(subscription.getSubscription())
                        .setResume(resume)));
        return say(ConnectResponse.newBuilder().setWelcome(welcome));
    }

    /** Says what a snapshot holds, and that it is whole. */
    public ScriptedSession snapshot(long revision, Object... objects) {
        return snapshot(revision, INCARNATION, objects);
    }

    /** Says what a snapshot of a history holds, and that it is whole. */
    public ScriptedSession snapshot(long revision, String incarnation, Object... objects) {
        beginSnapshot(revision);
        for (Object object : objects) {
            added(object);
        }
        return bookmark(revision, true, incarnation);
    }

    /** Begins a snapshot. */
    public ScriptedSession beginSnapshot(long revision) {
        return say(ConnectResponse.newBuilder()
                .setSnapshotBegin(SnapshotBegin.newBuilder().setSubscription(1).setRevision(revision)));
    }

    /** Says a bookmark. */
    public ScriptedSession bookmark(long revision, boolean initialDone, String incarnation) {
        return say(ConnectResponse.newBuilder()
                .setBookmark(Bookmark.newBuilder()
                        .setSubscription(1)
                        .setRevision(revision)
                        .setInitialDone(initialDone)
                        .setIncarnation(incarnation)));
    }

    /** Delivers an object that is new. */
    public ScriptedSession added(Object object) {
        return deliver(event(object).setAdded(object));
    }

    /** Delivers an object that has changed, with others of the same bookmark to come. */
    public ScriptedSession modifiedAmongOthers(Object object) {
        return say(delivery(event(object).setModified(object)));
    }

    /** Delivers an object that has changed. */
    public ScriptedSession modified(Object object) {
        return deliver(event(object).setModified(object));
    }

    /** Delivers that an object is gone. */
    public ScriptedSession deleted(Object object, long revision) {
        return deliver(WatchEvent.newBuilder().setDeleted(object).setRevision(revision));
    }

    /** Delivers that an object is no longer the agent's. */
    public ScriptedSession left(Object object, long revision) {
        return deliver(WatchEvent.newBuilder().setLeft(object).setRevision(revision));
    }

    /** Delivers events in one message, each to the subscription of the same place, and a bookmark for each. */
    public ScriptedSession route(int[] subscriptions, Object... objects) {
        Delivery.Builder delivery = Delivery.newBuilder();
        for (int i = 0; i < objects.length; i++) {
            delivery.addEvents(event(objects[i]).setModified(objects[i]));
            delivery.addRoutes(Route.newBuilder().setEvent(i).addSubscriptions(subscriptions[i]));
        }
        say(ConnectResponse.newBuilder().setDelivery(delivery));
        for (int i = 0; i < objects.length; i++) {
            say(ConnectResponse.newBuilder()
                    .setBookmark(Bookmark.newBuilder()
                            .setSubscription(subscriptions[i])
                            .setRevision(objects[i].getMetadata().getResourceVersion())));
        }
        return this;
    }

    /** Says that a report is durable. */
    public ScriptedSession answer(Report report, long resourceVersion) {
        return say(ConnectResponse.newBuilder()
                .setReportResults(ReportResults.newBuilder()
                        .addResults(ReportResult.newBuilder()
                                .setSeq(report.getSeq())
                                .setResourceVersion(resourceVersion)
                                .setOutcome(WriteOutcome.WRITE_OUTCOME_UPDATED))));
    }

    /** Says that a report is refused. */
    public ScriptedSession refuse(Report report, Status.Code code, String reason) {
        return say(ConnectResponse.newBuilder()
                .setProblem(Problem.newBuilder()
                        .setSeq(report.getSeq())
                        .setUid(report.getUid())
                        .setError(error(code, reason))));
    }

    /** Says that a report is refused, and when to try again. */
    public ScriptedSession refuse(Report report, Status.Code code, String reason, java.time.Duration retryAfter) {
        RetryInfo retry = RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder()
                        .setSeconds(retryAfter.getSeconds())
                        .setNanos(retryAfter.getNano()))
                .build();
        return say(ConnectResponse.newBuilder()
                .setProblem(Problem.newBuilder()
                        .setSeq(report.getSeq())
                        .setUid(report.getUid())
                        .setError(error(code, reason).toBuilder().addDetails(Any.pack(retry)))));
    }

    /** Says how a subscription stands. */
    public ScriptedSession state(int subscription, SubscriptionState.State state, Status.Code code, String reason) {
        return say(ConnectResponse.newBuilder()
                .setSubscriptionState(SubscriptionState.newBuilder()
                        .setSubscription(subscription)
                        .setState(state)
                        .setResume(Resume.RESUME_SNAPSHOT)
                        .setError(error(code, reason))));
    }

    /** Announces the end. */
    public ScriptedSession drain() {
        return say(ConnectResponse.newBuilder()
                .setDrain(Drain.newBuilder().setDeadline(Duration.newBuilder().setSeconds(5))));
    }

    /** Says that a newer instance has taken over. */
    public ScriptedSession supersede() {
        return say(ConnectResponse.newBuilder()
                .setSuperseded(Superseded.newBuilder().setInstance("other").setEpoch(8)));
    }

    /** Says anything. */
    public ScriptedSession say(ConnectResponse.Builder message) {
        responses.onNext(message.build());
        return this;
    }

    /** Ends the session with an error. */
    public void fail(Status.Code code, String reason) {
        responses.onError(StatusProto.toStatusRuntimeException(error(code, reason)));
    }

    /** Refuses the agent because another instance lives. */
    public void failSuperseded() {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setDomain("proreus.dev")
                .setReason("SUPERSEDED")
                .putMetadata("instance", "other")
                .build();
        responses.onError(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.FAILED_PRECONDITION.value())
                .setMessage("instance other has taken over")
                .addDetails(Any.pack(info))
                .build()));
    }

    /** Ends the session. */
    public void end() {
        responses.onCompleted();
    }

    private ScriptedSession deliver(WatchEvent.Builder event) {
        ConnectResponse.Builder message = delivery(event);
        message.getDeliveryBuilder()
                .setBookmark(Bookmark.newBuilder().setSubscription(1).setRevision(event.getRevision()));
        return say(message);
    }

    private static ConnectResponse.Builder delivery(WatchEvent.Builder event) {
        return ConnectResponse.newBuilder().setDelivery(Delivery.newBuilder().addEvents(event));
    }

    private static WatchEvent.Builder event(Object object) {
        return WatchEvent.newBuilder().setRevision(object.getMetadata().getResourceVersion());
    }

    private static com.google.rpc.Status error(Status.Code code, String reason) {
        return com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage("scripted " + reason)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain("proreus.dev")
                        .setReason(reason)
                        .build()))
                .build();
    }
}
