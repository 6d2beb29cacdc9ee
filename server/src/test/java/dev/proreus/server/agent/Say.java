package dev.proreus.server.agent;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.Ack;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.Goodbye;
import dev.proreus.v1.Heartbeat;
import dev.proreus.v1.HeartbeatMode;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Report;
import dev.proreus.v1.RequestBookmark;
import dev.proreus.v1.Subscribe;
import dev.proreus.v1.Unsubscribe;
import dev.proreus.v1.Verdict;

/** What agents say in tests. */
final class Say {
    private Say() {}

    static Hello.Builder hello(String agent, String instance) {
        return Hello.newBuilder()
                .setWorkspace("root:acme")
                .setAgent(agent)
                .setInstance(instance)
                .setSdk("test/1");
    }

    static Hello.Builder beating(String agent, String instance) {
        return hello(agent, instance).setHeartbeat(HeartbeatMode.HEARTBEAT_MODE_MESSAGE);
    }

    static ConnectRequest of(Hello.Builder hello) {
        return ConnectRequest.newBuilder().setHello(hello).build();
    }

    static Subscribe.Builder wholeType(int number, String type) {
        return Subscribe.newBuilder().setSubscription(number).setType(type).setWholeType(true);
    }

    static Subscribe.Builder named(int number, String type, String name) {
        return Subscribe.newBuilder().setSubscription(number).setType(type).setName(name);
    }

    static Subscribe.Builder assigned(int number, String type, String value) {
        return Subscribe.newBuilder().setSubscription(number).setType(type).setAssignmentValue(value);
    }

    static ConnectRequest of(Subscribe.Builder subscribe) {
        return ConnectRequest.newBuilder().setSubscribe(subscribe).build();
    }

    static ConnectRequest unsubscribe(int number) {
        return ConnectRequest.newBuilder()
                .setUnsubscribe(Unsubscribe.newBuilder().setSubscription(number))
                .build();
    }

    static ConnectRequest requestBookmark(int number) {
        return ConnectRequest.newBuilder()
                .setRequestBookmark(RequestBookmark.newBuilder().setSubscription(number))
                .build();
    }

    /** A report of {@code status.position} for an object that subscription 1 delivered. */
    static Report.Builder position(long seq, String name, String uid, long generation, double position) {
        return Report.newBuilder()
                .setSeq(seq)
                .setSubscription(1)
                .setName(name)
                .setUid(uid)
                .setObservedGeneration(generation)
                .setStatus(status(position));
    }

    static Struct.Builder status(double position) {
        return Struct.newBuilder()
                .putFields(
                        "position", Value.newBuilder().setNumberValue(position).build());
    }

    static ConnectRequest of(Report.Builder report) {
        return ConnectRequest.newBuilder().setReport(report).build();
    }

    static ConnectRequest accepted(int subscription, String name, String uid, long generation) {
        return of(Ack.newBuilder()
                .setSubscription(subscription)
                .setName(name)
                .setUid(uid)
                .setGeneration(generation)
                .setVerdict(Verdict.VERDICT_ACCEPTED));
    }

    static ConnectRequest of(Ack.Builder ack) {
        return ConnectRequest.newBuilder().setAck(ack).build();
    }

    static ConnectRequest heartbeat() {
        return ConnectRequest.newBuilder()
                .setHeartbeat(Heartbeat.getDefaultInstance())
                .build();
    }

    static ConnectRequest goodbye() {
        return ConnectRequest.newBuilder()
                .setGoodbye(Goodbye.getDefaultInstance())
                .build();
    }
}
