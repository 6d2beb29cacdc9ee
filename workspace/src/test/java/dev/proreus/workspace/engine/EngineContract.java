package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE_STATUS;
import static dev.proreus.workspace.engine.EngineFixture.ROBOTS;
import static dev.proreus.workspace.engine.EngineFixture.at;
import static dev.proreus.workspace.engine.EngineFixture.await;
import static dev.proreus.workspace.engine.EngineFixture.fenced;
import static dev.proreus.workspace.engine.EngineFixture.refusal;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.status;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Term;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.AgentRecord;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.agent.Health;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.SessionGrant;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an engine promises over any store. A subclass gives the store, which keeps its data over {@link #reopen}. */
abstract class EngineContract {
    private Store store;
    private EngineFixture fixture;

    /** Opens the test's store, the same one at each call. */
    abstract Store openStore();

    /** Ends a use of the store; one that keeps its data on disk closes it. */
    abstract void release(Store used);

    @BeforeEach
    void open() {
        store = openStore();
        fixture = new EngineFixture(store, 7);
    }

    @AfterEach
    void close() {
        fixture.close();
        release(store);
    }

    private void reopen() {
        close();
        open();
    }

    @Test
    void createdObjectIsReadBackWithWhatTheServerSet() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        Written written = fixture.write(wish(CREATE, acme, robots, "r1", sections(Map.of("target", 7))));
        ObjectSections read = fixture.get(acme, robots, "r1");
        assertThat(written.outcome()).isEqualTo(Written.Outcome.CREATED);
        assertThat(read.encode()).isEqualTo(written.object());
        assertThat(read.apiVersion()).isEqualTo("fleet.example.com/v1");
        assertThat(read.kind()).isEqualTo("Robot");
        assertThat(read.metadata().generation()).isEqualTo(1);
        assertThat(read.metadata().resourceVersion()).isEqualTo(1).isEqualTo(acme.revision());
        assertThat(read.metadata().creation()).isNotNull();
        assertThat(read.metadata().uid()).hasSize(36);
    }

    @Test
    void eachVerbRefusesWhatItMust() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        ObjectWrite create = wish(CREATE, acme, robots, "r1", sections(Map.of("target", 7)));
        Written first = fixture.write(create);
        assertThat(refusal(() -> fixture.write(create))).isEqualTo(Reason.ALREADY_EXISTS);
        ObjectWrite update = wish(UPDATE, acme, robots, "r1", sections(Map.of("target", 8)));
        assertThat(refusal(() -> fixture.write(at(update, "", 99, "test", false))))
                .isEqualTo(Reason.RESOURCE_VERSION_CONFLICT);
        String other = "00000000-0000-4000-8000-000000000000";
        assertThat(refusal(() -> fixture.write(at(update, other, first.revision(), "test", false))))
                .isEqualTo(Reason.UID_MISMATCH);
        assertThat(refusal(() -> fixture.write(wish(DELETE, acme, robots, "r2", null))))
                .isEqualTo(Reason.OBJECT_NOT_FOUND);
        assertThat(refusal(() -> await(fixture.engine.get(acme, robots, "r2", 0))))
                .isEqualTo(Reason.OBJECT_NOT_FOUND);
        assertThat(refusal(() -> fixture.engine.write(wish(CREATE, acme, robots, "R_1", sections(Map.of())))))
                .isEqualTo(Reason.BAD_REQUEST);
    }

    @Test
    void generationCountsSpecChangesOnlyAndNothingChangedTakesNoRevision() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        ObjectWrite apply = wish(APPLY, acme, robots, "r1", sections(Map.of("target", 7)));
        assertThat(fixture.write(apply).outcome()).isEqualTo(Written.Outcome.CREATED);
        assertThat(fixture.write(apply).outcome()).isEqualTo(Written.Outcome.UNCHANGED);
        assertThat(acme.revision()).isEqualTo(1);
        fixture.write(wish(UPDATE_STATUS, acme, robots, "r1", status(Map.of("position", 3))));
        assertThat(fixture.get(acme, robots, "r1").metadata().generation()).isEqualTo(1);
        fixture.write(wish(APPLY, acme, robots, "r1", sections(Map.of("target", 8))));
        ObjectSections read = fixture.get(acme, robots, "r1");
        assertThat(read.metadata().generation()).isEqualTo(2);
        assertThat(read.metadata().resourceVersion()).isEqualTo(3);
        assertThat(read.status()).isNotNull();
    }

    @Test
    void applyByAnotherManagerConflictsUnlessForced() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        fixture.write(wish(APPLY, acme, robots, "r1", sections(Map.of("target", 7))));
        ObjectWrite same = wish(APPLY, acme, robots, "r1", sections(Map.of("target", 7)));
        assertThat(fixture.write(at(same, "", 0, "other", false)).outcome()).isEqualTo(Written.Outcome.UNCHANGED);
        ObjectWrite differs = wish(APPLY, acme, robots, "r1", sections(Map.of("target", 9)));
        assertThat(refusal(() -> fixture.write(at(differs, "", 0, "other", false))))
                .isEqualTo(Reason.FIELD_CONFLICT);
        assertThat(fixture.write(at(differs, "", 0, "other", true)).outcome()).isEqualTo(Written.Outcome.UPDATED);
        assertThat(refusal(() -> fixture.write(same))).isEqualTo(Reason.FIELD_CONFLICT);
    }

    @Test
    void isolatedWorkspacesCountTheirOwnRevisionsAndHoldTheirOwnObjects() {
        Workspace acme = fixture.create("root:acme");
        Workspace globex = fixture.create("root:globex");
        TypeDefinition robots = fixture.defineRobots("root");
        Written one = fixture.write(wish(CREATE, acme, robots, "r1", sections(Map.of("target", 1))));
        Written two = fixture.write(wish(CREATE, globex, robots, "r1", sections(Map.of("target", 2))));
        assertThat(one.revision()).isEqualTo(two.revision()).isEqualTo(1);
        assertThat(one.object()).isNotEqualTo(two.object());
        assertThat(fixture.get(acme, robots, "r1").metadata().uid())
                .isNotEqualTo(fixture.get(globex, robots, "r1").metadata().uid());
    }

    @Test
    void pagesShowTheRevisionOfTheFirst() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        IntStream.range(0, 25)
                .forEach(i -> fixture.write(
                        wish(CREATE, acme, robots, String.format("r%02d", i), sections(Map.of("target", i)))));
        List<String> names = new ArrayList<>();
        String token = "";
        long revision = acme.revision();
        do {
            ObjectPage page = await(fixture.engine.list(acme, robots, Selector.EVERY, 0, 10, token));
            assertThat(page.revision()).isEqualTo(revision);
            page.items().forEach(item -> names.add(item.state().name()));
            token = page.nextPageToken();
            fixture.write(wish(APPLY, acme, robots, "r24", sections(Map.of("target", 100 + names.size()))));
            fixture.write(wish(CREATE, acme, robots, "r2" + names.size() + "-later", sections(Map.of())));
        } while (!token.isEmpty());
        assertThat(names).hasSize(25).isSorted().allMatch(name -> name.length() == 3);
        assertThat(refusal(() -> await(fixture.engine.list(acme, robots, Selector.EVERY, 0, 10, "forged"))))
                .isEqualTo(Reason.BAD_REQUEST);
    }

    @Test
    void durableEverythingIsFoundAgainAfterAStart() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        fixture.write(wish(CREATE, acme, robots, "r1", sections(Map.of("target", 7))));
        fixture.write(wish(CREATE, acme, robots, "r2", sections(Map.of("target", 7))));
        fixture.write(wish(DELETE, acme, robots, "r2", null));
        Claim claim = new Claim(robots.id(), Claim.Kind.ASSIGNMENT, "fleet");
        SessionGrant grant = await(fixture.engine.openSession(acme, "fleet", "i1", "test", List.of(claim)));
        ObjectSections before = fixture.get(acme, robots, "r1");
        long revision = acme.revision();
        reopen();
        Workspace again = fixture.workspace("root:acme");
        TypeDefinition type = fixture.engine.types().resolve(again, "rb");
        assertThat(again.revision()).isEqualTo(revision);
        assertThat(again.incarnation()).isEqualTo(acme.incarnation());
        assertThat(again.objects()).isEqualTo(2);
        assertThat(type).isEqualTo(robots);
        assertThat(fixture.get(again, type, "r1")).isEqualTo(before);
        assertThat(fixture.engine.agents().agent(again.id(), "fleet"))
                .extracting(AgentRecord::epoch)
                .isEqualTo(grant.epoch());
        assertThat(fixture.engine.agents().claims(again.id(), type.id()).holder(claim))
                .isEqualTo("fleet");
        fixture.write(wish(CREATE, again, type, "r2", sections(Map.of("target", 7))));
        assertThat(again.revision()).isEqualTo(revision + 1);
    }

    @Test
    void workspacesComeAndGo() {
        Workspace acme = fixture.create("root:acme");
        assertThat(refusal(() -> fixture.create("root:acme"))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(refusal(() -> fixture.create("root:none:berlin"))).isEqualTo(Reason.WORKSPACE_NOT_FOUND);
        fixture.create("root:acme:berlin");
        assertThat(refusal(() -> await(fixture.engine.deleteWorkspace(acme.path()))))
                .isEqualTo(Reason.WORKSPACE_NOT_EMPTY);
        await(fixture.engine.deleteWorkspace(WorkspacePath.parse("root:acme:berlin")));
        await(fixture.engine.deleteWorkspace(acme.path()));
        assertThat(acme.gone()).isTrue();
        assertThat(refusal(() -> fixture.workspace("root:acme"))).isEqualTo(Reason.WORKSPACE_NOT_FOUND);
        assertThat(refusal(() -> await(fixture.engine.deleteWorkspace(WorkspacePath.ROOT))))
                .isEqualTo(Reason.BAD_REQUEST);
        Workspace again = fixture.create("root:acme");
        assertThat(again.uid()).isNotEqualTo(acme.uid());
        assertThat(again.id()).isNotEqualTo(acme.id());
        assertThat(again.incarnation()).isNotEqualTo(acme.incarnation());
        reopen();
        assertThat(fixture.workspace("root:acme").uid()).isEqualTo(again.uid());
    }

    @Test
    void typesAreLookedUpSystemLocalAncestor() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition inherited = fixture.defineRobots("root");
        for (String name : List.of(ROBOTS, "robots", "robot", "Robot", "rb")) {
            assertThat(fixture.engine.types().resolve(acme, name)).isEqualTo(inherited);
        }
        TypeDefinition own = fixture.defineRobots("root:acme");
        assertThat(own.id()).isNotEqualTo(inherited.id());
        assertThat(fixture.engine.types().resolve(fixture.workspace("root"), "robots"))
                .isEqualTo(inherited);
        fixture.write(wish(CREATE, acme, own, "r1", sections(Map.of())));
        ObjectWrite drop = wish(DELETE, acme, SystemTypes.RESOURCE_TYPES, ROBOTS, null);
        assertThat(refusal(() -> fixture.write(drop))).isEqualTo(Reason.TYPE_IN_USE);
        fixture.write(wish(DELETE, acme, own, "r1", null));
        fixture.write(drop);
        assertThat(fixture.engine.types().resolve(acme, "robots")).isEqualTo(inherited);
        ObjectWrite empty = wish(CREATE, acme, SystemTypes.RESOURCE_TYPES, "x.example.com", sections(Map.of()));
        assertThat(refusal(() -> fixture.write(empty))).isEqualTo(Reason.INVALID_OBJECT);
    }

    @Test
    void claimsGoWithTheirType() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        Claim claim = new Claim(robots.id(), Claim.Kind.WHOLE_TYPE, "");
        SessionGrant grant = await(fixture.engine.openSession(acme, "fleet", "i1", "test", List.of(claim)));
        Fence fence = new Fence(acme.id(), "fleet", grant.epoch());
        fixture.write(wish(DELETE, fixture.workspace("root"), SystemTypes.RESOURCE_TYPES, ROBOTS, null));
        assertThat(claimsOfFleet(acme)).isEmpty();
        assertThat(fixture.engine.agents().claims(acme.id(), robots.id()).holder(claim))
                .isNull();

        TypeDefinition again = fixture.defineRobots("root");
        Claim next = new Claim(again.id(), Claim.Kind.WHOLE_TYPE, "");
        await(fixture.engine.claim(fence, next));
        assertThat(claimsOfFleet(acme)).containsOnlyKeys(next);
        reopen();
        assertThat(claimsOfFleet(acme)).containsOnlyKeys(next);
    }

    private Map<Claim, Long> claimsOfFleet(Workspace home) {
        return Objects.requireNonNull(fixture.engine.agents().agent(home.id(), "fleet"))
                .claims();
    }

    @Test
    void eachClaimIsRefusedByItself() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        Claim ofNone = new Claim(robots.id() + 1_000, Claim.Kind.WHOLE_TYPE, "");
        List<Claim> claims = new ArrayList<>(List.of(ofNone));
        String longest = "\u6f22".repeat(Limits.NAME_CHARS - 4);
        for (int i = 0; i <= Limits.AGENT_CLAIMS; i++) {
            claims.add(new Claim(robots.id(), Claim.Kind.ASSIGNMENT, String.format("%s%04d", longest, i)));
        }
        Claim oneTooMany = claims.get(claims.size() - 1);
        SessionGrant grant = await(fixture.engine.openSession(acme, "fleet", "i1", "test", claims));
        assertThat(grant.refused()).containsOnlyKeys(ofNone, oneTooMany);
        assertThat(grant.refused().get(ofNone))
                .extracting(RefusedException::reason)
                .isEqualTo(Reason.TYPE_NOT_FOUND);
        assertThat(grant.refused().get(oneTooMany))
                .extracting(RefusedException::reason)
                .isEqualTo(Reason.QUOTA_EXCEEDED);

        Fence fence = new Fence(acme.id(), "fleet", grant.epoch());
        assertThat(refusal(() -> await(fixture.engine.claim(fence, oneTooMany))))
                .isEqualTo(Reason.QUOTA_EXCEEDED);
        await(fixture.engine.claim(fence, claims.get(1)));
        await(fixture.engine.unclaim(fence, claims.get(1)));
        await(fixture.engine.claim(fence, oneTooMany));
        assertThat(claimsOfFleet(acme)).hasSize(Limits.AGENT_CLAIMS);
    }

    @Test
    void onlyTheDriverOfTheNewestSessionReports() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        fixture.write(wish(CREATE, acme, robots, "r1", sections(Map.of("agent", "fleet"))));
        Claim claim = new Claim(robots.id(), Claim.Kind.ASSIGNMENT, "fleet");
        SessionGrant first = await(fixture.engine.openSession(acme, "fleet", "i1", "test", List.of(claim)));
        ObjectWrite report = wish(UPDATE_STATUS, acme, robots, "r1", status(Map.of("position", 1)));
        assertThat(refusal(() -> fixture.write(report))).isEqualTo(Reason.NOT_DRIVER);
        Fence old = new Fence(acme.id(), "fleet", first.epoch());
        fixture.write(fenced(report, old));
        assertThat(await(fixture.engine.get(acme, robots, "r1", 0)).derived().health())
                .isEqualTo(Health.PROGRESSING);
        SessionGrant rival = await(fixture.engine.openSession(acme, "rival", "x", "test", List.of(claim)));
        assertThat(rival.refused().get(claim))
                .extracting(RefusedException::reason)
                .isEqualTo(Reason.CLAIM_HELD);
        assertThat(refusal(() -> fixture.write(fenced(report, new Fence(acme.id(), "rival", rival.epoch())))))
                .isEqualTo(Reason.NOT_DRIVER);
        SessionGrant second = await(fixture.engine.openSession(acme, "fleet", "i2", "test", List.of()));
        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(refusal(() -> fixture.write(fenced(report, old)))).isEqualTo(Reason.SUPERSEDED);
        assertThat(refusal(() -> await(fixture.engine.openSession(acme, "fleet", "i1", "test", List.of()))))
                .isEqualTo(Reason.SUPERSEDED);
        await(fixture.engine.closeSession(new Fence(acme.id(), "fleet", second.epoch())));
        assertThat(await(fixture.engine.get(acme, robots, "r1", 0)).derived().health())
                .isEqualTo(Health.UNKNOWN);
        await(fixture.engine.openSession(acme, "fleet", "i1", "test", List.of()));
    }

    @Test
    void aSubscriptionResumesByDeltaUnlessClaimsMoved() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        Claim whole = new Claim(robots.id(), Claim.Kind.WHOLE_TYPE, "");
        SessionGrant fleet = await(fixture.engine.openSession(acme, "fleet", "i1", "test", List.of(whole)));
        String incarnation = acme.incarnation().toString();
        long cursor = acme.revision();
        EngineFixture.assertGoesOnAfter(fixture.engine.resume(acme, whole, cursor, incarnation), cursor);
        assertThat(fixture.engine.resume(acme, whole, cursor, "another")).isEqualTo(new WatchStart.InitialState());
        assertThat(fixture.engine.resume(acme, whole, cursor + 1, incarnation))
                .isEqualTo(new WatchStart.InitialState());
        Claim named = new Claim(robots.id(), Claim.Kind.NAME, "r1");
        await(fixture.engine.openSession(acme, "me", "i1", "test", List.of(named)));
        assertThat(fixture.engine.resume(acme, whole, cursor, incarnation)).isEqualTo(new WatchStart.InitialState());
        long later = acme.revision();
        fixture.write(wish(DELETE, acme, SystemTypes.AGENTS, "me", null));
        assertThat(fixture.engine.agents().claims(acme.id(), robots.id()).holder(named))
                .isNull();
        reopen();
        Workspace again = fixture.workspace("root:acme");
        assertThat(fixture.engine.resume(again, whole, later, incarnation)).isEqualTo(new WatchStart.InitialState());
        EngineFixture.assertGoesOnAfter(
                fixture.engine.resume(again, whole, again.revision(), incarnation), again.revision());
        assertThat(fleet.refused()).isEmpty();
    }

    @Test
    void aSubscriptionResumesByDeltaWhereOnlyClaimsMovedThatCouldTakeNothingFromIt() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        Claim named = new Claim(robots.id(), Claim.Kind.NAME, "r1");
        Claim assigned = new Claim(robots.id(), Claim.Kind.ASSIGNMENT, "fleet");
        Claim whole = new Claim(robots.id(), Claim.Kind.WHOLE_TYPE, "");
        List<Claim> claims = List.of(named, assigned, whole);
        SessionGrant grant = await(fixture.engine.openSession(acme, "fleet", "i1", "test", claims));
        Fence fence = new Fence(acme.id(), "fleet", grant.epoch());
        long cursor = acme.revision();
        assertThat(resumedByDelta(acme, cursor, claims)).containsExactlyElementsOf(claims);
        assertThat(resumedByDelta(acme, cursor - 1, claims)).isEmpty();

        Claim another = new Claim(robots.id(), Claim.Kind.ASSIGNMENT, "another");
        await(fixture.engine.openSession(acme, "other", "i1", "test", List.of(another)));
        assertThat(resumedByDelta(acme, cursor, claims)).containsExactly(named, assigned);
        Claim third = new Claim(robots.id(), Claim.Kind.NAME, "r3");
        await(fixture.engine.openSession(acme, "third", "i1", "test", List.of(third)));
        assertThat(resumedByDelta(acme, cursor, claims)).containsExactly(named);

        long later = acme.revision();
        fixture.write(wish(DELETE, acme, SystemTypes.AGENTS, "third", null));
        assertThat(resumedByDelta(acme, later, claims))
                .as("what was freed may be theirs now")
                .containsExactly(named);
        await(fixture.engine.unclaim(fence, named));
        assertThat(resumedByDelta(acme, acme.revision(), claims)).containsExactly(assigned, whole);
        await(fixture.engine.claim(fence, named));
        assertThat(resumedByDelta(acme, cursor, claims))
                .as("it drove nothing in between")
                .isEmpty();
        reopen();
        Workspace again = fixture.workspace("root:acme");
        assertThat(resumedByDelta(again, again.revision(), claims)).containsExactlyElementsOf(claims);
        assertThat(resumedByDelta(again, again.revision() - 1, claims)).isEmpty();
    }

    private List<Claim> resumedByDelta(Workspace workspace, long cursor, List<Claim> claims) {
        String incarnation = workspace.incarnation().toString();
        return claims.stream()
                .filter(claim ->
                        fixture.engine.resume(workspace, claim, cursor, incarnation) instanceof WatchStart.After after
                                && after.position() == cursor)
                .toList();
    }

    @Test
    void aListGivesWhatItsSelectorMeansAndItsTokensGoOnWithItAlone() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        for (int i = 0; i < 6; i++) {
            ObjectSections robot = sections(Map.of("agent", i % 2 == 0 ? "even" : "odd"));
            MetaSections labelled = robot.metadata().withLabels(Map.of("tier", i < 4 ? "gold" : "iron"));
            fixture.write(wish(CREATE, acme, robots, "r" + i, robot.withMetadata(labelled)));
        }
        Selector selector = Selector.ofLabels("tier=gold")
                .and(Selector.ofFields("spec.agent=even", robots.fields().paths()));
        ObjectPage first = await(fixture.engine.list(acme, robots, selector, 0, 1, ""));
        ObjectPage second = await(fixture.engine.list(acme, robots, selector, 0, 1, first.nextPageToken()));
        assertThat(first.items()).extracting(read -> read.state().name()).containsExactly("r0");
        assertThat(second.items()).extracting(read -> read.state().name()).containsExactly("r2");
        Selector other = Selector.ofLabels("tier=iron");
        String token = first.nextPageToken();
        assertThat(refusal(() -> await(fixture.engine.list(acme, robots, other, 0, 1, token))))
                .isEqualTo(Reason.BAD_REQUEST);
        Selector named = Selector.ofName("r3").and(Selector.ofLabels("tier"));
        assertThat(await(fixture.engine.list(acme, robots, named, 0, 0, "")).items())
                .extracting(read -> read.state().name())
                .containsExactly("r3");
    }

    @Test
    void theLogTellsWhichTermsAWriteTouched() {
        Workspace acme = fixture.create("root:acme");
        TypeDefinition robots = fixture.defineRobots("root");
        fixture.write(wish(CREATE, acme, robots, "r1", sections(Map.of("agent", "a"))));
        fixture.write(wish(UPDATE, acme, robots, "r1", sections(Map.of("agent", "b"))));
        fixture.write(wish(DELETE, acme, robots, "r1", null));
        TermHashes a = TermHashes.of(new Term(Term.Kind.FIELD, "spec.agent", "a").hash());
        TermHashes b = TermHashes.of(new Term(Term.Kind.FIELD, "spec.agent", "b").hash());
        assertThat(List.of(logged(acme, 1), logged(acme, 2), logged(acme, 3)))
                .extracting(LogRow.Write::termsNow, LogRow.Write::termsBefore)
                .containsExactly(tuple(a, TermHashes.NONE), tuple(b, a), tuple(TermHashes.NONE, b));
    }

    private LogRow.Write logged(Workspace workspace, long revision) {
        byte[] row = store.get(Table.LOG, Keys.ofShard(0).log(workspace.id(), revision));
        return LogRow.decode(Objects.requireNonNull(row)).writes().get(0);
    }

    @Test
    void selectableFieldsAreOnlyEverAdded() {
        fixture.create("root:acme");
        Map<String, Object> definition = new HashMap<>(EngineFixture.robotDefinition());
        definition.put("selectableFields", List.of("spec.row"));
        fixture.write(
                wish(CREATE, fixture.workspace("root"), SystemTypes.RESOURCE_TYPES, ROBOTS, sections(definition)));
        definition.put("selectableFields", List.of("spec.zone", "spec.row"));
        fixture.write(
                wish(UPDATE, fixture.workspace("root"), SystemTypes.RESOURCE_TYPES, ROBOTS, sections(definition)));
        definition.put("selectableFields", List.of("spec.zone"));
        ObjectWrite removal =
                wish(UPDATE, fixture.workspace("root"), SystemTypes.RESOURCE_TYPES, ROBOTS, sections(definition));
        assertThat(refusal(() -> fixture.write(removal))).isEqualTo(Reason.INVALID_OBJECT);
        definition.put("selectableFields", List.of("metadata.uid"));
        ObjectWrite metadata =
                wish(UPDATE, fixture.workspace("root"), SystemTypes.RESOURCE_TYPES, ROBOTS, sections(definition));
        assertThat(refusal(() -> fixture.write(metadata))).isEqualTo(Reason.INVALID_OBJECT);
    }
}
