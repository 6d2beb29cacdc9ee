package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE_STATUS;
import static dev.proreus.workspace.engine.EngineFixture.await;
import static dev.proreus.workspace.engine.EngineFixture.refusal;
import static dev.proreus.workspace.engine.EngineFixture.refused;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.status;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What workspaces may hold, over any store: to the object and to the byte, whoever writes at the same time. */
abstract class QuotasContract extends RobotsContract {
    private static final int RACERS = 64;
    private static final int RACED_OBJECTS = 10_000;

    @Test
    void anObjectMoreThanTheQuotaIsRefusedAndWhatDoesNotGrowIsNot() {
        limit(acme, new Quota(2, 0), Quota.UNLIMITED);
        create("r1");
        create("r2");
        RefusedException full = refused(() -> create("r3"));
        assertThat(full.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(full.text()).contains("workspace root:acme", "2 of 2 objects", "raise the quota");
        assertThat(full.metadata()).containsEntry("objects", "2").containsEntry("objectQuota", "2");
        assertThat(acme.revision()).isEqualTo(2);

        fixture.write(wish(APPLY, acme, robots, "r1", sections(Map.of("target", 12_345))));
        fixture.write(wish(UPDATE_STATUS, acme, robots, "r1", status(Map.of("position", 3))));
        fixture.write(wish(DELETE, acme, robots, "r2", null));
        create("r3");
        assertThat(refusal(() -> create("r4"))).isEqualTo(Reason.QUOTA_EXCEEDED);
        limit(acme, new Quota(3, 0), Quota.UNLIMITED);
        create("r4");
        limit(acme, Quota.UNLIMITED, Quota.UNLIMITED);
        create("r5");
        assertThat(used(acme).objects()).isEqualTo(4);
    }

    @Test
    void aByteMoreThanTheQuotaIsRefused() {
        long bytes = create("r1").object().size();
        assertThat(used(acme)).isEqualTo(new Usage(1, bytes, 0));
        limit(acme, new Quota(0, 2 * bytes), Quota.UNLIMITED);
        create("r2");
        RefusedException full = refused(
                () -> fixture.write(wish(APPLY, acme, robots, "r2", sections(Map.of("target", 1, "more", true)))));
        assertThat(full.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(full.metadata()).containsEntry("bytes", "" + 2 * bytes).containsEntry("byteQuota", "" + 2 * bytes);
        assertThat(refusal(() -> fixture.write(wish(UPDATE_STATUS, acme, robots, "r2", status(Map.of("position", 3))))))
                .isEqualTo(Reason.QUOTA_EXCEEDED);
        fixture.write(wish(APPLY, acme, robots, "r2", sections(Map.of())));
        fixture.write(wish(APPLY, acme, robots, "r2", sections(Map.of("target", 1))));
    }

    @Test
    void aQuotaBelowWhatIsHeldLosesNothingAndLetsNothingGrow() {
        List.of("r1", "r2", "r3").forEach(this::create);
        long revision = acme.revision();
        limit(acme, new Quota(1, 1), Quota.UNLIMITED);
        assertThat(acme.revision()).isEqualTo(revision);
        assertThat(used(acme).objects()).isEqualTo(3);
        assertThat(fixture.get(acme, robots, "r3").metadata().name()).isEqualTo("r3");
        assertThat(refusal(() -> create("r4"))).isEqualTo(Reason.QUOTA_EXCEEDED);
        fixture.write(wish(APPLY, acme, robots, "r1", sections(Map.of())));
        fixture.write(wish(DELETE, acme, robots, "r2", null));
        assertThat(refusal(() -> create("r2"))).isEqualTo(Reason.QUOTA_EXCEEDED);
    }

    @Test
    void aDeletionIsNeverRefusedThoughItsMarkHasNoRoom() {
        MetaSections kept = MetaSections.EMPTY.withFinalizers(List.of("example.com/dock"));
        fixture.write(wish(CREATE, acme, robots, "r1", sections(Map.of()).withMetadata(kept)));
        limit(acme, new Quota(1, 1), new Quota(1, 1));
        assertThat(fixture.write(wish(DELETE, acme, robots, "r1", null)).outcome())
                .isEqualTo(Written.Outcome.UPDATED);
    }

    @Test
    void writesTogetherCountTogether() {
        limit(acme, new Quota(2, 0), Quota.UNLIMITED);
        create("r1");
        create("r2");
        assertThat(refusal(() -> together(creation("r3")))).isEqualTo(Reason.QUOTA_EXCEEDED);
        together(creation("r3"), wish(DELETE, acme, robots, "r1", null));
        assertThat(used(acme).objects()).isEqualTo(2);
        limit(acme, new Quota(3, 0), Quota.UNLIMITED);
        assertThat(refusal(() -> together(creation("r4"), creation("r5")))).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(used(acme).objects()).isEqualTo(2);
    }

    @Test
    void aDryRunIsToldWhatTheWriteWouldBe() {
        limit(acme, new Quota(1, 0), Quota.UNLIMITED);
        create("r1");
        ObjectWrites rehearsed = new ObjectWrites(acme.id(), List.of(creation("r2")), false, true, null);
        assertThat(refusal(() -> await(fixture.engine.write(rehearsed)))).isEqualTo(Reason.QUOTA_EXCEEDED);
    }

    @Test
    void aSubtreeIsLimitedAsAWholeAndTellsNothingOfItsOtherParts() {
        Workspace berlin = fixture.create("root:acme:berlin");
        Workspace paris = fixture.create("root:acme:paris");
        assertThat(acme.progress().subtree().objects()).isEqualTo(2);
        limit(acme, Quota.UNLIMITED, new Quota(4, 0));
        fixture.write(wish(CREATE, berlin, robots, "r1", sections(Map.of())));
        fixture.write(wish(CREATE, paris, robots, "r1", sections(Map.of())));
        assertThat(acme.progress().subtree().objects()).isEqualTo(4);
        assertThat(used(acme).objects()).isEqualTo(2);

        RefusedException full = refused(() -> fixture.write(wish(CREATE, berlin, robots, "r2", sections(Map.of()))));
        assertThat(full.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(full.text())
                .contains("workspace root:acme for all that lies below it")
                .doesNotContainPattern("[0-9]");
        assertThat(full.metadata()).containsOnly(Map.entry("workspace", "root:acme"));
        assertThat(refused(() -> create("r1")).metadata()).containsEntry("objectQuota", "4");
        assertThat(refusal(() -> fixture.create("root:acme:rome"))).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(refusal(() -> fixture.create("root:acme:paris:louvre"))).isEqualTo(Reason.QUOTA_EXCEEDED);

        fixture.write(wish(DELETE, paris, robots, "r1", null));
        await(fixture.engine.deleteWorkspace(paris.path()));
        assertThat(acme.progress().subtree().objects()).isEqualTo(2);
        fixture.create("root:acme:berlin:mitte");
        fixture.write(wish(CREATE, berlin, robots, "r2", sections(Map.of())));
        assertThat(refusal(() -> fixture.create("root:acme:rome"))).isEqualTo(Reason.QUOTA_EXCEEDED);
    }

    @Test
    void anAgentIsAnObjectWhenItComesAndItsSessionsAreNone() {
        limit(acme, new Quota(1, 0), Quota.UNLIMITED);
        await(fixture.engine.openSession(acme, "a1", "i1", "test", List.of()));
        assertThat(refusal(() -> await(fixture.engine.openSession(acme, "a2", "i1", "test", List.of()))))
                .isEqualTo(Reason.QUOTA_EXCEEDED);
        limit(acme, new Quota(1, 1), Quota.UNLIMITED);
        await(fixture.engine.openSession(acme, "a1", "a-much-longer-instance", "test", List.of()));
        fixture.write(wish(DELETE, acme, SystemTypes.AGENTS, "a1", null));
    }

    @Test
    void whatIsHeldAndAllowedIsTheSameAfterARestart() {
        Workspace berlin = fixture.create("root:acme:berlin");
        create("r1");
        fixture.write(wish(CREATE, berlin, robots, "r1", sections(Map.of("target", 7))));
        limit(acme, new Quota(5, 4_000), new Quota(6, 8_000));
        Workspace.Progress before = acme.progress();
        Usage all = fixture.workspace("root").progress().subtree();
        fixture.close();
        release(store);
        store = openStore();
        fixture = new EngineFixture(store, 8);
        acme = fixture.workspace("root:acme");
        assertThat(acme.progress()).isEqualTo(before);
        assertThat(fixture.workspace("root").progress().subtree()).isEqualTo(all);
        assertThat(all.objects()).isEqualTo(5);
        robots = fixture.engine.types().resolve(acme, "robots");
        limit(acme, Quota.UNLIMITED, new Quota(3, 0));
        assertThat(refusal(() -> create("r2"))).isEqualTo(Reason.QUOTA_EXCEEDED);
    }

    @Test
    void racersFillAQuotaToTheLastObjectAndNotOneMore() throws Exception {
        limit(acme, new Quota(RACED_OBJECTS, 0), Quota.UNLIMITED);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger mostSeen = new AtomicInteger();
        Callable<Integer> racer = () -> {
            for (int made = 0; ; made++) {
                try {
                    create("r" + next.incrementAndGet());
                } catch (RefusedException e) {
                    assertThat(e.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
                    assertThat(e.metadata()).containsEntry("objects", "" + RACED_OBJECTS);
                    return made;
                }
                mostSeen.accumulateAndGet((int) used(acme).objects(), Math::max);
            }
        };
        ExecutorService pool = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<Integer>> racers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                racers.add(pool.submit(racer));
            }
            int made = 0;
            for (Future<Integer> each : racers) {
                made += each.get();
            }
            assertThat(made).isEqualTo(RACED_OBJECTS);
            assertThat(used(acme).objects()).isEqualTo(RACED_OBJECTS);
            assertThat(mostSeen).hasValue(RACED_OBJECTS);
        } finally {
            pool.shutdownNow();
        }
    }

    private Written create(String name) {
        return fixture.write(creation(name));
    }

    private ObjectWrite creation(String name) {
        return wish(CREATE, acme, robots, name, sections(Map.of("target", 1)));
    }

    private Receipt together(ObjectWrite... wishes) {
        return await(fixture.engine.write(new ObjectWrites(acme.id(), List.of(wishes), true, false, null)));
    }

    private void limit(Workspace workspace, Quota own, Quota subtree) {
        await(fixture.engine.updateWorkspace(workspace.path(), EngineFixture.quotas(own, subtree)));
    }

    private static Usage used(Workspace workspace) {
        return workspace.progress().own();
    }
}
