package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.proreus.v1.Ack;
import dev.proreus.v1.Condition;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.ConnectResponse.MessageCase;
import dev.proreus.v1.Credit;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.Finalized;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Problem;
import dev.proreus.v1.Refresh;
import dev.proreus.v1.Release;
import dev.proreus.v1.Report;
import dev.proreus.v1.Role;
import dev.proreus.v1.Scope;
import dev.proreus.v1.Subscribe;
import dev.proreus.v1.SubscriptionState;
import dev.proreus.v1.SubscriptionState.State;
import dev.proreus.v1.Verdict;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.store.memory.MemoryStore;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Shows that whatever an agent gets wrong is told by one clear error, and costs nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentServiceBadInputTest {
    private LoopbackServer server;
    private Objects acme;
    private String uid;

    AgentServiceBadInputTest() throws IOException {
        server = new LoopbackServer(new MemoryStore());
        acme = server.objects("root:acme");
        uid = "";
    }

    @BeforeAll
    void makeTheWorkspace() {
        server.objects("root").defineTypes();
        server.createWorkspace("root:acme");
        uid = acme.robot("r1", "me", 1).getMetadata().getUid();
        acme.robot("r2", "other", 1);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @TestFactory
    List<DynamicTest> aBadHelloEndsTheStream() {
        Subscribe.Builder robots = Say.wholeType(1, "robots");
        return List.of(
                hello("no workspace", "BAD_REQUEST", hello -> hello.setWorkspace("")),
                hello("a malformed path", "BAD_REQUEST", hello -> hello.setWorkspace("root:Acme")),
                hello("an unknown workspace", "WORKSPACE_NOT_FOUND", hello -> hello.setWorkspace("root:nowhere")),
                hello("no agent", "BAD_REQUEST", hello -> hello.setAgent("")),
                hello("a malformed agent", "BAD_REQUEST", hello -> hello.setAgent("My_Agent")),
                hello("no instance", "BAD_REQUEST", hello -> hello.setInstance("")),
                hello("a long instance", "BAD_REQUEST", hello -> hello.setInstance("i".repeat(129))),
                hello("a NUL in the instance", "BAD_REQUEST", hello -> hello.setInstance("i\0")),
                hello("a newline in the sdk", "BAD_REQUEST", hello -> hello.setSdk("s\n")),
                hello("a long sdk", "BAD_REQUEST", hello -> hello.setSdk("s".repeat(129))),
                hello("an unknown heartbeat", "BAD_REQUEST", hello -> hello.setHeartbeatValue(9)),
                hello("shared", "NOT_BUILT_YET", hello -> hello.setShared(true)),
                hello("a window", "NOT_BUILT_YET", hello -> hello.setWindow(10)),
                hello(
                        "an observer",
                        "NOT_BUILT_YET",
                        hello -> hello.addSubscriptions(robots.clone().setRole(Role.ROLE_OBSERVE))),
                hello(
                        "too many subscriptions",
                        "BAD_REQUEST",
                        hello -> hello.addAllSubscriptions(
                                Collections.nCopies(Limits.SESSION_SUBSCRIPTIONS + 1, robots.build()))));
    }

    @Test
    void aStreamThatDoesNotStartWithHelloEnds() {
        TestAgent heartbeat = new TestAgent(server.channel());
        heartbeat.say(Say.heartbeat());
        assertThat(heartbeat.failure()).isEqualTo("BAD_REQUEST");

        TestAgent nothing = new TestAgent(server.channel());
        nothing.halfClose();
        assertThat(nothing.failure()).isEqualTo("BAD_REQUEST");
    }

    @TestFactory
    List<DynamicTest> aBadSubscriptionIsRefusedInBand() {
        Cursor.Builder cursor = Cursor.newBuilder();
        return List.of(
                subscribe("an unknown type", "TYPE_NOT_FOUND", Say.wholeType(7, "rockets")),
                subscribe("no type", "BAD_REQUEST", Say.wholeType(7, "")),
                subscribe("a type of the server", "BAD_REQUEST", Say.wholeType(7, "agents")),
                subscribe("number 0", "BAD_REQUEST", Say.wholeType(0, "sites")),
                subscribe("a number in use", "BAD_REQUEST", Say.wholeType(1, "sites")),
                subscribe("a claim in use", "BAD_REQUEST", Say.assigned(7, "robots", "me")),
                subscribe("a claim of another", "CLAIM_HELD", Say.assigned(7, "robots", "holder")),
                subscribe("no claim", "BAD_REQUEST", Say.wholeType(7, "sites").clearClaim()),
                subscribe(
                        "a false claim",
                        "BAD_REQUEST",
                        Say.wholeType(7, "sites").setWholeType(false)),
                subscribe("a malformed name", "BAD_REQUEST", Say.named(7, "robots", "R_1")),
                subscribe("an empty value", "BAD_REQUEST", Say.assigned(7, "robots", "")),
                subscribe("a NUL in the value", "BAD_REQUEST", Say.assigned(7, "robots", "a\0")),
                subscribe("a newline in the value", "BAD_REQUEST", Say.assigned(7, "robots", "a\nb")),
                subscribe("no assignment field", "BAD_REQUEST", Say.assigned(7, "sites", "me")),
                subscribe("OBSERVE", "NOT_BUILT_YET", Say.wholeType(7, "sites").setRole(Role.ROLE_OBSERVE)),
                subscribe("SUBTREE", "NOT_BUILT_YET", Say.wholeType(7, "sites").setScope(Scope.SCOPE_SUBTREE)),
                subscribe(
                        "an unknown role",
                        "BAD_REQUEST",
                        Say.wholeType(7, "sites").setRoleValue(9)),
                subscribe(
                        "an unknown scope",
                        "BAD_REQUEST",
                        Say.wholeType(7, "sites").setScopeValue(9)),
                subscribe(
                        "an unknown mode",
                        "BAD_REQUEST",
                        Say.wholeType(7, "sites").setModeValue(9)),
                subscribe(
                        "a label selector",
                        "NOT_BUILT_YET",
                        Say.wholeType(7, "sites").setLabelSelector("a=b")),
                subscribe(
                        "a field selector",
                        "NOT_BUILT_YET",
                        Say.wholeType(7, "sites").setFieldSelector("a=b")),
                subscribe(
                        "a token",
                        "NOT_BUILT_YET",
                        Say.wholeType(7, "sites").setCursor(cursor.clone().setResumeToken("t"))),
                subscribe(
                        "a negative cursor",
                        "BAD_REQUEST",
                        Say.wholeType(7, "sites").setCursor(cursor.clone().setRevision(-1))));
    }

    @Test
    void subscriptionsOfASessionAreBounded() {
        TestAgent agent = new TestAgent(
                server.channel(), Say.hello("bounded", "a").addSubscriptions(Say.named(1, "robots", "bounded-1")));
        agent.untilInitialDone();
        for (int i = 2; i <= Limits.SESSION_SUBSCRIPTIONS; i++) {
            agent.say(Say.of(Say.named(i, "robots", "bounded-" + i)));
            assertThat(state(agent).getState()).isEqualTo(State.STATE_ACTIVE);
            agent.untilInitialDone();
        }
        agent.say(Say.of(Say.named(99, "robots", "bounded-99")));
        SubscriptionState last = state(agent);
        assertThat(last.getState()).isEqualTo(State.STATE_REFUSED);
        assertThat(TestAgent.reason(last.getError())).isEqualTo("BAD_REQUEST");
    }

    @TestFactory
    List<DynamicTest> aBadMessageIsAProblemAndTheSessionGoesOn() {
        Ack.Builder ack = Say.accepted(1, "r1", "u", 1).getAck().toBuilder();
        return List.of(
                message("nothing", "BAD_REQUEST", ConnectRequest.getDefaultInstance()),
                message("a second hello", "BAD_REQUEST", Say.of(Say.hello("me", "a"))),
                message("unsubscribe", "BAD_REQUEST", Say.unsubscribe(42)),
                message("bookmark", "BAD_REQUEST", Say.requestBookmark(42)),
                message(
                        "ack of no subscription",
                        "BAD_REQUEST",
                        Say.of(ack.clone().setSubscription(42))),
                message("ack of no object", "BAD_REQUEST", Say.of(ack.clone().setUid(""))),
                message(
                        "ack of no generation",
                        "BAD_REQUEST",
                        Say.of(ack.clone().setGeneration(0))),
                message("ack elsewhere", "BAD_REQUEST", Say.of(ack.clone().setWorkspace("root"))),
                message("no verdict", "BAD_REQUEST", Say.of(ack.clone().setVerdictValue(0))),
                message("an unknown verdict", "BAD_REQUEST", Say.of(ack.clone().setVerdictValue(9))),
                message("HELD", "NOT_BUILT_YET", Say.of(ack.clone().setVerdict(Verdict.VERDICT_HELD))),
                message("REJECTED", "NOT_BUILT_YET", Say.of(ack.clone().setVerdict(Verdict.VERDICT_REJECTED))),
                message(
                        "credit",
                        "NOT_BUILT_YET",
                        ConnectRequest.newBuilder()
                                .setCredit(Credit.getDefaultInstance())
                                .build()),
                message(
                        "finalized",
                        "NOT_BUILT_YET",
                        ConnectRequest.newBuilder()
                                .setFinalized(Finalized.getDefaultInstance())
                                .build()),
                message(
                        "release",
                        "NOT_BUILT_YET",
                        ConnectRequest.newBuilder()
                                .setRelease(Release.getDefaultInstance())
                                .build()),
                message(
                        "refresh",
                        "NOT_BUILT_YET",
                        ConnectRequest.newBuilder()
                                .setRefresh(Refresh.getDefaultInstance())
                                .build()));
    }

    @TestFactory
    List<DynamicTest> aBadReportIsAProblemAndTheSessionGoesOn() {
        Value poison = Value.newBuilder().setNumberValue(Double.NaN).build();
        Value conditions = Value.newBuilder()
                .setListValue(ListValue.newBuilder()
                        .addValues(Value.newBuilder()
                                .setStructValue(Objects.struct(
                                        Map.of("type", Objects.text("Ready"), "status", Objects.text("True"))))))
                .build();
        Condition.Builder ready = Condition.newBuilder().setType("Ready").setStatus("True");
        return List.of(
                report("of no subscription", "BAD_REQUEST", report -> report.setSubscription(42)),
                report("elsewhere", "BAD_REQUEST", report -> report.setWorkspace("root")),
                report("without uid", "BAD_REQUEST", report -> report.setUid("")),
                report("without name", "BAD_REQUEST", report -> report.setName("")),
                report("of a negative generation", "BAD_REQUEST", report -> report.setObservedGeneration(-1)),
                report("of a later generation", "INVALID_OBJECT", report -> report.setObservedGeneration(99)),
                report("of no uid", "BAD_REQUEST", report -> report.setUid("another")),
                report(
                        "of another uid",
                        "UID_MISMATCH",
                        report -> report.setUid("00000000-0000-4000-8000-000000000000")),
                report("of no object", "OBJECT_NOT_FOUND", report -> report.setName("nobody")),
                report(
                        "of another's object",
                        "NOT_DRIVER",
                        report -> report.setName("r2")
                                .setUid(acme.get("robots", "r2")
                                        .getObject()
                                        .getMetadata()
                                        .getUid())),
                report(
                        "of NaN",
                        "INVALID_OBJECT",
                        report -> report.setStatus(Say.status(1).putFields("x", poison))),
                report(
                        "with conditions inside",
                        "INVALID_OBJECT",
                        report -> report.setStatus(Say.status(1).putFields("conditions", conditions))),
                report(
                        "with observedGeneration inside",
                        "INVALID_OBJECT",
                        report -> report.setStatus(Say.status(1).putFields("observedGeneration", Objects.number(1)))),
                report(
                        "with the server's condition",
                        "INVALID_OBJECT",
                        report -> report.addConditions(ready.clone().setType("Accepted"))),
                report(
                        "with a condition twice",
                        "INVALID_OBJECT",
                        report -> report.addConditions(ready).addConditions(ready)),
                report(
                        "with a strange condition",
                        "INVALID_OBJECT",
                        report -> report.addConditions(ready.clone().setStatus("perhaps"))),
                report(
                        "with a condition out of time",
                        "INVALID_OBJECT",
                        report -> report.addConditions(ready.clone()
                                .setLastTransitionTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)))));
    }

    private DynamicTest hello(String what, String reason, UnaryOperator<Hello.Builder> spoil) {
        return DynamicTest.dynamicTest(what, () -> {
            TestAgent agent = new TestAgent(server.channel(), spoil.apply(Say.hello("bad", "a")));
            assertThat(agent.failure()).isEqualTo(reason);
        });
    }

    private DynamicTest subscribe(String what, String reason, Subscribe.Builder asked) {
        return DynamicTest.dynamicTest(what, () -> {
            TestAgent holder = new TestAgent(
                    server.channel(), Say.hello("holder", "a").addSubscriptions(Say.assigned(1, "robots", "holder")));
            holder.untilInitialDone();
            TestAgent agent = open("me");
            agent.say(Say.of(asked));
            SubscriptionState state = state(agent);
            assertThat(state.getSubscription()).isEqualTo(asked.getSubscription());
            assertThat(state.getState()).isEqualTo(State.STATE_REFUSED);
            assertThat(TestAgent.reason(state.getError())).isEqualTo(reason);
            goesOn(agent);
        });
    }

    private DynamicTest message(String what, String reason, ConnectRequest message) {
        return DynamicTest.dynamicTest(what, () -> {
            TestAgent agent = open("me");
            agent.say(message);
            assertThat(TestAgent.reason(problem(agent).getError())).isEqualTo(reason);
            goesOn(agent);
        });
    }

    private DynamicTest report(String what, String reason, UnaryOperator<Report.Builder> spoil) {
        return DynamicTest.dynamicTest(what, () -> {
            TestAgent agent = open("me");
            Report.Builder report = spoil.apply(Say.position(77, "r1", uid, 1, 1));
            agent.say(Say.of(report));
            Problem problem = problem(agent);
            assertThat(TestAgent.reason(problem.getError())).isEqualTo(reason);
            assertThat(problem.getSeq()).isEqualTo(77);
            assertThat(problem.getUid()).isEqualTo(report.getUid());
            goesOn(agent);
        });
    }

    /** Shows that the session still does what it is for, and ends it. */
    private static void goesOn(TestAgent agent) {
        agent.say(Say.requestBookmark(1));
        agent.hear(MessageCase.BOOKMARK);
        agent.say(Say.goodbye());
        agent.end();
    }

    private TestAgent open(String name) {
        TestAgent agent =
                new TestAgent(server.channel(), Say.hello(name, "a").addSubscriptions(Say.assigned(1, "robots", name)));
        agent.untilInitialDone();
        return agent;
    }

    private static Problem problem(TestAgent agent) {
        return agent.hear(MessageCase.PROBLEM).getProblem();
    }

    private static SubscriptionState state(TestAgent agent) {
        return agent.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
    }
}
