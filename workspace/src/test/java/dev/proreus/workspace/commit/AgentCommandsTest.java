package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.ClaimsMoved;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentRecord;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What sessions and claims of agents do to their Agent objects, and what watches are told of it. */
class AgentCommandsTest {
    private static final Claim NAMED = claim(SystemTypes.RESOURCE_TYPES, "r1");
    private static final Claim OTHER = claim(SystemTypes.RESOURCE_TYPES, "r2");
    private static final Claim OF_ANOTHER_TYPE = claim(SystemTypes.WORKSPACES, "w1");

    private final StateMachine machine = new StateMachine();
    private Instant now = StateMachine.NOW;

    @Test
    void aFirstSessionMakesTheAgentObjectAndItsEpochIsTheRevisionOfThat() {
        SessionGrant grant = open("a", "i1", NAMED);
        assertThat(grant.epoch()).isEqualTo(machine.root().revision()).isEqualTo(1);
        assertThat(agent("a")).satisfies(agent -> {
            assertThat(agent.epoch()).isEqualTo(1);
            assertThat(agent.connected()).isTrue();
            assertThat(agent.instance()).isEqualTo("i1");
            assertThat(agent.transition()).isEqualTo(now);
            assertThat(agent.claims()).containsOnly(Map.entry(NAMED, 1L));
        });
        Change change = machine.publications(Change.class).get(0);
        assertThat(change.kind()).isEqualTo(ChangeKind.ADDED);
        ObjectSections object = ObjectSections.decode(change.object());
        assertThat(object.metadata().generation()).isEqualTo(1);
        assertThat(object.metadata().creation()).isEqualTo(now);
        assertThat(object.metadata().uid()).isEqualTo(new UUID(9, 9).toString());

        SessionGrant again = open("a", "i1");
        assertThat(again.epoch()).isEqualTo(2);
        assertThat(machine.publications(Change.class)).singleElement().satisfies(update -> {
            assertThat(update.kind()).isEqualTo(ChangeKind.MODIFIED);
            assertThat(update.sections()).isEqualTo(Sections.STATUS);
            assertThat(update.reporterEpoch()).isZero();
        });
        assertThat(machine.root().objects()).isEqualTo(1);
    }

    @Test
    void watchesAreToldOnceForEachTypeWhoseClaimsMovedInTheOrderOfTypes() {
        open("a", "i1", OF_ANOTHER_TYPE, NAMED, OTHER);
        assertThat(moved()).containsExactly(NAMED.typeId(), OF_ANOTHER_TYPE.typeId());
        SessionGrant grant = open("a", "i1", NAMED);
        assertThat(moved()).as("it holds them already").isEmpty();
        change("a", grant, null, OF_ANOTHER_TYPE);
        assertThat(moved()).containsExactly(OF_ANOTHER_TYPE.typeId());
        assertThat(machine.publications())
                .as("what watches ask the claims about comes first")
                .first()
                .isInstanceOf(Change.class);
        machine.apply(delete("a"));
        assertThat(moved()).containsExactly(NAMED.typeId());
        assertThat(machine.agent("a")).isNull();
        assertThat(holder(NAMED)).isNull();
        assertThat(machine.root().claimsFreed()).isEqualTo(machine.root().revision());

        open("a", "i2");
        assertThat(agent("a").claims()).as("it is another one").isEmpty();
        assertThat(agent("a").superseded()).isEmpty();
    }

    @Test
    void agentsGoWithTheirWorkspace() {
        long acme = create("acme");
        machine.apply(open(acme, "a", "i1", NAMED));
        assertThat(machine.published.agents().connected()).hasSize(1);
        machine.apply(new Command.DeleteWorkspace(1, "acme", acme, WorkspaceDeletion.FORCED, null, now));
        assertThat(machine.published.agents().connected()).isEmpty();
        assertThat(machine.published.agents().claims(acme, NAMED.typeId()).holder(NAMED))
                .isNull();
        assertThat(machine.loaded.state().agents.connected()).isEmpty();
    }

    @Test
    void anAgentWithoutClaimsGoesWithoutAWordOfClaims() {
        open("a", "i1");
        machine.apply(delete("a"));
        assertThat(moved()).isEmpty();
        assertThat(machine.root().claimsFreed()).isZero();
        assertThat(machine.agent("a")).isNull();
    }

    @Test
    void aClaimIsHeldSinceItWasTakenHoweverOftenItIsAskedFor() {
        open("a", "i1", NAMED);
        SessionGrant later = open("a", "i1", NAMED, OTHER);
        assertThat(later.refused()).isEmpty();
        assertThat(agent("a").claims()).containsEntry(NAMED, 1L).containsEntry(OTHER, 2L);
        change("a", later, OTHER, null);
        assertThat(machine.publications()).as("nothing changes").isEmpty();
        change("a", later, null, claim(SystemTypes.RESOURCE_TYPES, "unheld"));
        assertThat(machine.publications()).as("nothing changes").isEmpty();
        assertThat(machine.root().revision()).isEqualTo(2);
        assertThat(machine.root().claimsFreed()).isZero();
    }

    @Test
    void aClaimOfAnotherIsRefusedAndNamesItsHolderAndOthersAreTakenAllTheSame() {
        open("a", "i1", NAMED);
        SessionGrant rival = open("b", "i1", NAMED, OTHER);
        assertThat(rival.refused()).containsOnlyKeys(NAMED);
        assertThat(Objects.requireNonNull(rival.refused().get(NAMED)).metadata())
                .containsEntry("agent", "a")
                .containsEntry("type", SystemTypes.RESOURCE_TYPES.names().full())
                .containsEntry("claim", NAMED.toString());
        assertThat(holder(NAMED)).isEqualTo("a");
        assertThat(holder(OTHER)).isEqualTo("b");
        RefusedException refusal = refused(() -> change("b", rival, NAMED, OTHER));
        assertThat(refusal.reason()).isEqualTo(Reason.CLAIM_HELD);
        assertThat(holder(OTHER)).as("the change is refused whole").isEqualTo("b");
    }

    @Test
    void whatAnOlderSessionAsksForIsRefusedAndItsEndIsNoEnd() {
        SessionGrant old = open("a", "i1");
        SessionGrant fresh = open("a", "i2");
        RefusedException refusal = refused(() -> change("a", old, NAMED, null));
        assertThat(refusal.reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(refusal.metadata()).containsEntry("agent", "a");
        close("a", old);
        assertThat(machine.publications()).isEmpty();
        assertThat(agent("a").connected()).isTrue();

        now = now.plusSeconds(5);
        close("a", fresh);
        assertThat(agent("a").connected()).isFalse();
        assertThat(agent("a").transition()).isEqualTo(now);
        close("a", fresh);
        assertThat(machine.publications()).as("it has ended already").isEmpty();

        machine.apply(delete("a"));
        assertThat(refused(() -> change("a", fresh, NAMED, null)).reason()).isEqualTo(Reason.SUPERSEDED);
        close("a", fresh);
        assertThat(machine.publications()).as("there is nobody any more").isEmpty();
    }

    @Test
    void whoWasTakenOverFromStaysOutWhileTheOtherLives() {
        open("a", "i1");
        SessionGrant second = open("a", "i2");
        RefusedException refusal = refused(() -> open("a", "i1"));
        assertThat(refusal.reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(refusal.metadata()).containsEntry("agent", "a").containsEntry("instance", "i2");
        assertThat(open("a", "i2").epoch()).isGreaterThan(second.epoch());
        assertThat(agent("a").superseded()).containsExactly("i1");
        close("a", new SessionGrant(agent("a").epoch(), Map.of()));
        open("a", "i1");
        assertThat(agent("a").superseded())
                .as("who is back is no longer superseded")
                .containsExactly("i2");
    }

    @Test
    void boundedAreTheInstancesThatAreRememberedTheNewestLast() {
        int instances = Limits.SUPERSEDED_INSTANCES + 3;
        IntStream.range(0, instances).forEach(i -> open("a", "i" + i));
        assertThat(agent("a").superseded())
                .isEqualTo(
                        IntStream.range(2, instances - 1).mapToObj(i -> "i" + i).toList());
    }

    @Test
    void aTerminatingWorkspaceTakesNoNewAgentAndLetsThoseItHasGoOn() {
        long acme = create("acme");
        machine.apply(open(acme, "a", "i1"));
        machine.apply(
                new Command.DeleteWorkspace(1, "acme", acme, WorkspaceDeletion.after(Duration.ofHours(1)), null, now));
        machine.apply(open(acme, "a", "i2"));
        assertThat(refused(() -> machine.apply(open(acme, "b", "i1"))).reason())
                .isEqualTo(Reason.WORKSPACE_TERMINATING);
    }

    private long create(String name) {
        machine.apply(new Command.CreateWorkspace(1, name, new UUID(5, 5), new UUID(6, 6), null, now));
        return machine.published.tree().at(WorkspacePath.ROOT.child(name)).id();
    }

    private SessionGrant open(String agent, String instance, Claim... claims) {
        return (SessionGrant) machine.apply(open(1, agent, instance, claims));
    }

    private Command open(long workspaceId, String agent, String instance, Claim... claims) {
        return new Command.OpenSession(workspaceId, agent, instance, "test", List.of(claims), new UUID(9, 9), now);
    }

    private void change(String agent, SessionGrant grant, @Nullable Claim taken, @Nullable Claim freed) {
        machine.apply(new Command.ChangeClaims(new Fence(1, agent, grant.epoch()), taken, freed, now));
    }

    private void close(String agent, SessionGrant grant) {
        machine.apply(new Command.CloseSession(new Fence(1, agent, grant.epoch()), now));
    }

    private Command delete(String agent) {
        ObjectWrite wish = new ObjectWrite(
                ObjectWrite.Verb.DELETE, 1, SystemTypes.AGENTS.id(), 0, agent, null, "", 0, "test", false, null);
        return Command.WriteObjects.of(ObjectWrites.of(wish), List.of(new UUID(8, 8)), now);
    }

    private AgentRecord agent(String name) {
        return Objects.requireNonNull(machine.agent(name));
    }

    private @Nullable String holder(Claim claim) {
        return machine.published.agents().claims(1, claim.typeId()).holder(claim);
    }

    private List<Integer> moved() {
        List<ClaimsMoved> moved = machine.publications(ClaimsMoved.class);
        long last = machine.published.sequence().get();
        assertThat(moved).allMatch(each -> each.sequence() == last && each.workspaceId() == 1);
        return moved.stream().map(ClaimsMoved::typeId).toList();
    }

    private static RefusedException refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(RefusedException.class, call));
    }

    private static Claim claim(TypeDefinition type, String name) {
        return new Claim(type.id(), Claim.Kind.NAME, name);
    }
}
