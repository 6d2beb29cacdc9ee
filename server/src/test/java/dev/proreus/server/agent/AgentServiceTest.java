package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.server.rpc.raw.RawReport;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.Condition;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.ConnectResponse.MessageCase;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.Health;
import dev.proreus.v1.Object;
import dev.proreus.v1.ReportResult;
import dev.proreus.v1.Resume;
import dev.proreus.v1.SubscriptionState;
import dev.proreus.v1.SubscriptionState.State;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import dev.proreus.v1.Welcome;
import dev.proreus.v1.WriteOutcome;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.tree.Workspace;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shows what agents see of the real engine, through real streams. */
class AgentServiceTest {
    private final MemoryStore store = new MemoryStore();
    private LoopbackServer server = start();
    private Objects acme = server.objects("root:acme");

    private LoopbackServer start() {
        try {
            return new LoopbackServer(store);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void makeTheWorkspace() {
        server.objects("root").defineTypes();
        server.createWorkspace("root:acme");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSessionStartsWithASnapshotOfWhatItDrives() {
        acme.robot("r1", "fleet", 1);
        acme.robot("r2", "other", 1);
        TestAgent agent = fleet("a");

        Welcome welcome = agent.welcome();
        assertThat(welcome.getEpoch()).isEqualTo(3);
        assertThat(welcome.getResumed(0).getResume()).isEqualTo(Resume.RESUME_SNAPSHOT);
        assertThat(welcome.getIncarnation()).isEqualTo(workspace().incarnation().toString());
        SubscriptionState state = agent.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
        assertThat(state.getState()).isEqualTo(State.STATE_ACTIVE);
        assertThat(agent.hear(MessageCase.SNAPSHOT_BEGIN).getSnapshotBegin().getSubscription())
                .isEqualTo(1);
        assertThat(agent.event().getAdded().getMetadata().getName()).isEqualTo("r1");
        Bookmark bookmark = agent.hear(MessageCase.BOOKMARK).getBookmark();
        assertThat(bookmark.getInitialDone()).isTrue();
        assertThat(bookmark.getRevision()).isEqualTo(3);
        assertThat(bookmark.getSubscription()).isEqualTo(1);

        acme.robot("r1", "fleet", 2);
        WatchEvent next = agent.event();
        assertThat(next.getModified().getMetadata().getGeneration()).isEqualTo(2);
        assertThat(next.getRevision()).isEqualTo(4);
    }

    @Test
    void anAgentThatComesBackGetsExactlyWhatChanged() {
        acme.robot("r1", "fleet", 1);
        acme.robot("r2", "fleet", 1);
        acme.robot("r3", "fleet", 1);
        TestAgent agent = fleet("a");
        Bookmark bookmark = agent.untilInitialDone();
        agent.halfClose();
        agent.end();
        acme.robot("r1", "fleet", 2);
        acme.robot("r2", "other", 2);
        acme.delete("robots", "r3");
        acme.robot("r4", "fleet", 1);
        acme.robot("r5", "other", 1);

        TestAgent back = fleet("a", TestAgent.cursor(bookmark));
        assertThat(back.welcome().getResumed(0).getResume()).isEqualTo(Resume.RESUME_DELTA);
        back.hear(MessageCase.SUBSCRIPTION_STATE);
        assertThat(back.event().getModified().getMetadata().getName()).isEqualTo("r1");
        assertThat(back.event().getLeft().getMetadata().getName()).isEqualTo("r2");
        assertThat(back.event().getDeleted().getMetadata().getName()).isEqualTo("r3");
        assertThat(back.event().getAdded().getMetadata().getName()).isEqualTo("r4");
        back.say(Say.requestBookmark(1));
        assertThat(back.hear(MessageCase.BOOKMARK).getBookmark().getRevision())
                .isEqualTo(workspace().revision());
    }

    @Test
    void aCursorOfAnotherHistoryIsAnsweredByASnapshot() {
        TestAgent agent = fleet("a");
        Cursor cursor = TestAgent.cursor(agent.untilInitialDone());

        TestAgent back = fleet("a", cursor.toBuilder().setIncarnation("another").build());
        assertThat(back.welcome().getResumed(0).getResume()).isEqualTo(Resume.RESUME_SNAPSHOT);
        TestAgent ahead = fleet("a", cursor.toBuilder().setRevision(1_000).build());
        assertThat(ahead.welcome().getResumed(0).getResume()).isEqualTo(Resume.RESUME_SNAPSHOT);
    }

    @Test
    void aChangedAssignmentMovesTheObject() {
        acme.robot("r1", "fleet", 1);
        TestAgent fleet = fleet("a");
        fleet.untilInitialDone();
        TestAgent other = assigned("other", "x");
        other.untilInitialDone();

        Object moved = acme.robot("r1", "other", 1);
        WatchEvent left = fleet.event();
        assertThat(left.getLeft().getSpec())
                .isEqualTo(acme.robot("r1", "fleet", 1).getSpec());
        assertThat(left.getRevision()).isEqualTo(moved.getMetadata().getResourceVersion());
        WatchEvent added = other.event();
        assertThat(added.getAdded()).isEqualTo(moved);
        assertThat(other.event().hasLeft()).isTrue();
        assertThat(fleet.event().hasAdded()).isTrue();
    }

    @Test
    void aClaimThatAnotherAgentHoldsIsRefusedInBand() {
        fleet("a").untilInitialDone();
        TestAgent second = new TestAgent(
                server.channel(),
                Say.hello("second", "b")
                        .addSubscriptions(Say.assigned(1, "robots", "fleet"))
                        .addSubscriptions(Say.named(2, "robots", "r7")));
        assertThat(second.welcome().getResumedList()).hasSize(1);
        SubscriptionState refused = second.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
        assertThat(refused.getState()).isEqualTo(State.STATE_REFUSED);
        assertThat(TestAgent.reason(refused.getError())).isEqualTo("CLAIM_HELD");
        assertThat(refused.getError().getMessage()).contains("fleet");
        assertThat(second.hear(MessageCase.SUBSCRIPTION_STATE)
                        .getSubscriptionState()
                        .getState())
                .isEqualTo(State.STATE_ACTIVE);
        second.untilInitialDone();

        second.say(Say.of(Say.assigned(3, "robots", "fleet")));
        SubscriptionState again = second.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
        assertThat(again.getState()).isEqualTo(State.STATE_REFUSED);
        assertThat(TestAgent.reason(again.getError())).isEqualTo("CLAIM_HELD");
    }

    @Test
    void anEndedClaimIsFreeForOthers() {
        TestAgent first = fleet("a");
        first.untilInitialDone();
        first.say(Say.unsubscribe(1));
        SubscriptionState ended = first.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
        assertThat(ended.getState()).isEqualTo(State.STATE_ENDED);
        assertThat(ended.hasError()).isFalse();

        TestAgent second = new TestAgent(server.channel(), Say.hello("second", "b"));
        second.welcome();
        second.say(Say.of(Say.assigned(5, "robots", "fleet")));
        SubscriptionState active = second.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
        assertThat(active.getState()).isEqualTo(State.STATE_ACTIVE);
        assertThat(active.getSubscription()).isEqualTo(5);
        assertThat(active.getResume()).isEqualTo(Resume.RESUME_SNAPSHOT);
        second.untilInitialDone();
    }

    @Test
    void aSubscriptionEndsWithItsTypeAndCanBeHadOfTheNextOfThatName() {
        acme.robot("r1", "fleet", 1);
        TestAgent agent = fleet("a");
        Cursor cursor = TestAgent.cursor(agent.untilInitialDone());
        Iterator<WatchResponse> watch = acme.watch("robots", workspace().revision());
        acme.delete("robots", "r1");
        server.objects("root").delete("resourcetypes", "robots.fleet.example.com");

        assertThat(agent.event().getDeleted().getMetadata().getName()).isEqualTo("r1");
        SubscriptionState ended = agent.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
        assertThat(ended.getState()).isEqualTo(State.STATE_ENDED);
        assertThat(TestAgent.reason(ended.getError())).isEqualTo("TYPE_NOT_FOUND");
        assertThatThrownBy(() -> watch.forEachRemaining(event -> {}))
                .isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
                    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
                    com.google.rpc.Status told = StatusProto.fromThrowable(failure);
                    assertThat(told == null ? "" : TestAgent.reason(told)).isEqualTo("TYPE_NOT_FOUND");
                });

        agent.say(Say.of(Say.assigned(2, "robots", "fleet").setCursor(cursor)));
        SubscriptionState refused = agent.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
        assertThat(refused.getState()).isEqualTo(State.STATE_REFUSED);
        assertThat(TestAgent.reason(refused.getError())).isEqualTo("TYPE_NOT_FOUND");

        server.objects("root").defineTypes();
        agent.say(Say.of(Say.assigned(3, "robots", "fleet").setCursor(cursor)));
        SubscriptionState active = agent.hear(MessageCase.SUBSCRIPTION_STATE).getSubscriptionState();
        assertThat(active.getState()).isEqualTo(State.STATE_ACTIVE);
        assertThat(active.getResume()).isEqualTo(Resume.RESUME_SNAPSHOT);
        agent.untilInitialDone();
        acme.robot("r1", "fleet", 2);
        assertThat(agent.event().getAdded().getMetadata().getName()).isEqualTo("r1");
    }

    @Test
    void theMostSpecificClaimDrives() {
        acme.robot("r1", "fleet", 1);
        acme.robot("r2", "fleet", 1);
        acme.robot("r3", "nobody", 1);
        TestAgent name =
                new TestAgent(server.channel(), Say.hello("name", "a").addSubscriptions(Say.named(1, "robots", "r1")));
        name.untilInitialDone();
        TestAgent value = fleet("a");
        assertThat(snapshot(value)).containsExactly("r2");
        TestAgent type =
                new TestAgent(server.channel(), Say.hello("type", "a").addSubscriptions(Say.wholeType(1, "robots")));
        assertThat(snapshot(type)).containsExactly("r3");

        assertThat(acme.get("robots", "r1").getDerived().getDriver().getAgent()).isEqualTo("name");
        assertThat(acme.get("robots", "r2").getDerived().getDriver().getAgent()).isEqualTo("fleet");
        assertThat(acme.get("robots", "r3").getDerived().getDriver().getAgent()).isEqualTo("type");

        TestAgent thief =
                new TestAgent(server.channel(), Say.hello("thief", "a").addSubscriptions(Say.named(1, "robots", "r2")));
        assertThat(snapshot(thief)).containsExactly("r2");
        assertThat(snapshot(value)).isEmpty();
    }

    @Test
    void theNewestInstanceTakesOver() {
        Object robot = acme.robot("r1", "fleet", 1);
        TestAgent older = fleet("a");
        long epoch = older.welcome().getEpoch();
        older.untilInitialDone();
        TestAgent newer = fleet("b");
        long newEpoch = newer.welcome().getEpoch();

        ConnectResponse superseded = older.hear(MessageCase.SUPERSEDED);
        assertThat(superseded.getSuperseded().getInstance()).isEqualTo("b");
        assertThat(superseded.getSuperseded().getEpoch()).isEqualTo(newEpoch);
        assertThat(older.failure()).isEqualTo("SUPERSEDED");
        assertThat(fleet("a").failure()).isEqualTo("SUPERSEDED");
        assertThatThrownBy(() -> reportUnder(epoch, robot)).hasMessageContaining("taken over");

        newer.untilInitialDone();
        newer.say(Say.goodbye());
        newer.end();
        assertThat(fleet("a").welcome().getEpoch()).isGreaterThan(newEpoch);
    }

    /** Writes what a session of that epoch would, were it not told that it has ended. */
    private void reportUnder(long epoch, Object robot) throws Exception {
        RawReport report = RawReport.newBuilder()
                .setName("r1")
                .setUid(robot.getMetadata().getUid())
                .addStatus(ByteString.EMPTY)
                .build();
        Workspace home = workspace();
        int type = server.engine.types().resolve(home, "robots").id();
        server.engine
                .write(ReportWish.read(home, type, new Fence(home.id(), "fleet", epoch), report))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void aReportIsSeenByReadersAndWatchers() {
        Object robot = acme.robot("r1", "fleet", 1);
        TestAgent agent = fleet("a");
        agent.untilInitialDone();
        Iterator<WatchResponse> watch = acme.watch("robots", workspace().revision());
        agent.say(Say.of(Say.position(7, "r1", robot.getMetadata().getUid(), 1, 5)
                .addConditions(Condition.newBuilder()
                        .setType("Ready")
                        .setStatus("True")
                        .setReason("Arrived")
                        .setObservedGeneration(1))));

        ReportResult result =
                agent.hear(MessageCase.REPORT_RESULTS).getReportResults().getResults(0);
        assertThat(result.getSeq()).isEqualTo(7);
        assertThat(result.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_UPDATED);
        Object seen = acme.get("robots", "r1").getObject();
        assertThat(seen.getMetadata().getResourceVersion()).isEqualTo(result.getResourceVersion());
        assertThat(seen.getStatus().getFieldsOrThrow("position").getNumberValue())
                .isEqualTo(5);
        assertThat(seen.getStatus().getFieldsOrThrow("observedGeneration").getNumberValue())
                .isEqualTo(1);
        Struct ready = seen.getStatus()
                .getFieldsOrThrow("conditions")
                .getListValue()
                .getValues(0)
                .getStructValue();
        assertThat(ready.getFieldsOrThrow("type").getStringValue()).isEqualTo("Ready");
        assertThat(ready.getFieldsMap()).containsKey("lastTransitionTime");
        assertThat(watch.next().getEvents(0).getModified()).isEqualTo(seen);
        assertThat(acme.get("robots", "r1").getDerived().getHealth()).isEqualTo(Health.HEALTH_HEALTHY);
    }

    @Test
    void aReportThatChangesNothingTakesNoRevision() {
        Object robot = acme.robot("r1", "fleet", 1);
        TestAgent agent = fleet("a");
        agent.untilInitialDone();
        agent.say(Say.of(Say.position(1, "r1", robot.getMetadata().getUid(), 1, 5)));
        long first = result(agent).getResourceVersion();
        agent.say(Say.of(Say.position(2, "r1", robot.getMetadata().getUid(), 1, 5)));

        ReportResult second = result(agent);
        assertThat(second.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_UNCHANGED);
        assertThat(second.getResourceVersion()).isEqualTo(first);
        assertThat(workspace().revision()).isEqualTo(first);
    }

    @Test
    void anAgentDoesNotHearItselfButHearsOthers() {
        Object robot = acme.robot("r1", "fleet", 1);
        TestAgent agent = fleet("a");
        agent.untilInitialDone();
        agent.say(Say.of(Say.position(1, "r1", robot.getMetadata().getUid(), 1, 5)));
        result(agent);
        acme.robot("r1", "fleet", 2);

        Object changed = agent.event().getModified();
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(changed.getStatus().getFieldsOrThrow("position").getNumberValue())
                .isEqualTo(5);
        agent.say(Say.requestBookmark(1));
        assertThat(agent.hear(MessageCase.BOOKMARK).getBookmark().getRevision())
                .isEqualTo(changed.getMetadata().getResourceVersion());
    }

    @Test
    void anAgentThatPromisedHeartbeatsAndIsSilentIsEndedAndRecorded() {
        TestAgent silent = new TestAgent(server.channel(), Say.beating("silent", "a"));
        silent.welcome();
        TestAgent quiet = new TestAgent(server.channel(), Say.hello("quiet", "a"));
        quiet.welcome();
        Iterator<WatchResponse> watch = acme.watch("agents", workspace().revision());

        server.pass(Limits.HEARTBEAT_INTERVAL.multipliedBy(2));
        server.pass(Limits.HEARTBEAT_INTERVAL);
        assertThat(silent.failure()).isEqualTo("HEARTBEAT_MISSED");
        Object recorded = watch.next().getEvents(0).getModified();
        assertThat(recorded.getMetadata().getName()).isEqualTo("silent");
        assertThat(isConnected(recorded)).isFalse();
        quiet.say(Say.goodbye());
        quiet.end();
    }

    @Test
    void presenceIsRecordedAtItsTransitions() {
        acme.robot("r1", "fleet", 1);
        TestAgent agent = fleet("a");
        agent.untilInitialDone();
        Object live = acme.get("agents", "fleet").getObject();
        assertThat(isConnected(live)).isTrue();
        assertThat(acme.get("robots", "r1").getDerived().getHealth()).isNotEqualTo(Health.HEALTH_UNKNOWN);

        Iterator<WatchResponse> watch = acme.watch("agents", workspace().revision());
        agent.vanish();
        Object away = watch.next().getEvents(0).getModified();
        assertThat(isConnected(away)).isFalse();
        assertThat(away.getStatus().getFieldsOrThrow("claims"))
                .isEqualTo(live.getStatus().getFieldsOrThrow("claims"));
        assertThat(acme.get("robots", "r1").getDerived().getHealth()).isEqualTo(Health.HEALTH_UNKNOWN);
        assertThat(acme.get("robots", "r1").getDerived().getDriver().getAgent()).isEqualTo("fleet");
    }

    @Test
    void goodbyeEndsInPeaceOnceReportsAreAnsweredAndTheEndIsRecorded() {
        Object robot = acme.robot("r1", "fleet", 1);
        TestAgent agent = fleet("a");
        agent.untilInitialDone();
        for (int i = 1; i <= 20; i++) {
            agent.say(Say.of(Say.position(i, "r1", robot.getMetadata().getUid(), 1, i)));
        }
        agent.halfClose();
        int results = 0;
        while (results < 20) {
            results += agent.hear(MessageCase.REPORT_RESULTS).getReportResults().getResultsCount();
        }
        agent.end();
        assertThat(isConnected(acme.get("agents", "fleet").getObject())).isFalse();
    }

    @Test
    void aStartForgivesTheGraceAndThenRecordsWhoIsLost() {
        fleet("a").untilInitialDone();
        assigned("other", "x").untilInitialDone();
        server.agents.drain();
        server.close();
        server = start();
        acme = server.objects("root:acme");
        assertThat(isConnected(acme.get("agents", "fleet").getObject())).isTrue();
        fleet("a").welcome();

        Iterator<WatchResponse> watch = acme.watch("agents", workspace().revision());
        server.pass(SessionBounds.GRACE);
        Object lost = watch.next().getEvents(0).getModified();
        assertThat(lost.getMetadata().getName()).isEqualTo("other");
        assertThat(isConnected(lost)).isFalse();
        assertThat(isConnected(acme.get("agents", "fleet").getObject())).isTrue();
    }

    @Test
    void drainIsAnnouncedAndThenEndsEverySession() {
        TestAgent agent = fleet("a");
        agent.untilInitialDone();
        TestAgent idle = new TestAgent(server.channel(), Say.hello("idle", "a"));
        idle.welcome();

        server.agents.drain();
        assertThat(agent.hear(MessageCase.DRAIN).getDrain().getDeadline().getSeconds())
                .isEqualTo(Duration.ofMinutes(10).toSeconds());
        idle.hear(MessageCase.DRAIN);
        assertThat(new TestAgent(server.channel(), Say.hello("late", "a")).failure())
                .isEqualTo("STOPPING");
        server.agents.stop();
        assertThat(agent.failure()).isEqualTo("STOPPING");
        assertThat(idle.failure()).isEqualTo("STOPPING");
        assertThat(isConnected(acme.get("agents", "fleet").getObject())).isTrue();
    }

    @Test
    void agentsOfOneNameInTwoWorkspacesAreTwo() {
        server.createWorkspace("root:globex");
        Objects globex = server.objects("root:globex");
        acme.robot("r1", "fleet", 1);
        globex.robot("r1", "fleet", 2);
        TestAgent here = fleet("a");
        TestAgent there = new TestAgent(
                server.channel(),
                Say.hello("fleet", "b")
                        .setWorkspace("root:globex")
                        .addSubscriptions(Say.assigned(1, "robots", "fleet")));
        assertThat(snapshot(here)).containsExactly("r1");
        there.welcome();
        there.hear(MessageCase.SUBSCRIPTION_STATE);
        there.hear(MessageCase.SNAPSHOT_BEGIN);
        Object robot = there.event().getAdded();
        assertThat(robot).isEqualTo(globex.get("robots", "r1").getObject());
        there.untilInitialDone();

        acme.robot("r1", "fleet", 3);
        there.say(Say.requestBookmark(1));
        there.hear(MessageCase.BOOKMARK);
        assertThat(here.event().getModified().getMetadata().getGeneration()).isEqualTo(2);
        there.say(Say.of(Say.position(1, "r1", robot.getMetadata().getUid(), 1, 1)));
        result(there);
        assertThat(acme.get("robots", "r1").getObject().hasStatus()).isFalse();
    }

    private TestAgent fleet(String instance) {
        return assigned("fleet", instance);
    }

    /** Connects an agent that drives what is assigned to it, by subscription 1. */
    private TestAgent assigned(String agent, String instance) {
        return new TestAgent(
                server.channel(), Say.hello(agent, instance).addSubscriptions(Say.assigned(1, "robots", agent)));
    }

    private TestAgent fleet(String instance, Cursor cursor) {
        return new TestAgent(
                server.channel(),
                Say.hello("fleet", instance)
                        .addSubscriptions(Say.assigned(1, "robots", "fleet").setCursor(cursor)));
    }

    private Workspace workspace() {
        return server.engine.workspaces().at(WorkspacePath.parse("root:acme"));
    }

    /** Returns the names in the next snapshot, passing over what comes before it. */
    private static List<String> snapshot(TestAgent agent) {
        List<String> names = new ArrayList<>();
        while (true) {
            ConnectResponse next = agent.hear();
            next.getDelivery()
                    .getEventsList()
                    .forEach(event -> names.add(event.getAdded().getMetadata().getName()));
            if (next.getBookmark().getInitialDone()) {
                return names;
            }
        }
    }

    private static ReportResult result(TestAgent agent) {
        return agent.hear(MessageCase.REPORT_RESULTS).getReportResults().getResults(0);
    }

    private static boolean isConnected(Object agent) {
        return agent.getStatus()
                .getFieldsOrDefault("connected", Value.getDefaultInstance())
                .getBoolValue();
    }
}
