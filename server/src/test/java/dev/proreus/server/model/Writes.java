package dev.proreus.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.proreus.v1.Object;
import dev.proreus.v1.WriteOutcome;
import dev.proreus.v1.WriteResponse;
import dev.proreus.v1.WriteResult;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** Writes of every kind: alone, as atomic batches and as dry runs, whose answers the model knows; and many at once. */
final class Writes {
    private static final int NAMES = 8;
    private static final int CLIENTS = 4;
    private static final int WRITES_EACH = 6;

    private final World world;
    private final SplittableRandom random;

    Writes(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    static String someName(SplittableRandom random) {
        return "r" + random.nextInt(NAMES);
    }

    void one(Channel client, Model model) {
        Wish wish = Wish.some(model, someName(random), false, random);
        boolean dryRun = random.nextInt(6) == 0;
        Model.Answer due = dryRun ? model.judgeDry(wish) : model.judge(wish);
        Door.Done done;
        try {
            done = new Door(client, model.workspace).put(wish, dryRun);
        } catch (StatusRuntimeException e) {
            assertThat(Door.reason(e)).as("%s", wish).isEqualTo(due.reason());
            return;
        }
        expect(model, wish, due, done.outcome(), done.object(), dryRun);
        if (!dryRun) {
            assertThat(done.revision()).isEqualTo(revision(model, due));
            model.done(List.of(wish), List.of(due), List.of(done.object()));
        }
    }

    /** Several at once: all happen at one revision, or none does, and then the refusal names the first that cannot. */
    void together(Channel client, Model model) {
        List<Wish> wishes = new ArrayList<>();
        List<Model.Answer> due = new ArrayList<>();
        boolean dryRun = random.nextInt(6) == 0;
        for (int i = 0; i < NAMES; i++) {
            if (random.nextInt(3) == 0) {
                Wish wish = Wish.some(model, "r" + i, true, random);
                wishes.add(wish);
                due.add(dryRun ? model.judgeDry(wish) : model.judge(wish));
            }
        }
        if (wishes.isEmpty()) {
            return;
        }
        WriteResponse done;
        try {
            done = new Door(client, model.workspace).putTogether(wishes, dryRun);
        } catch (StatusRuntimeException e) {
            ErrorInfo refusal = Door.refusal(e);
            int refused = Integer.parseInt(refusal.getMetadataOrDefault("write", "-1"));
            assertThat(refused).as("%s of %s", refusal, wishes).isEqualTo(firstRefused(due));
            assertThat(refusal.getReason()).isEqualTo(due.get(refused).reason());
            return;
        }
        assertThat(firstRefused(due)).as("%s were answered", wishes).isEqualTo(-1);
        List<Object> objects = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            WriteResult result = done.getResults(i);
            expect(model, wishes.get(i), due.get(i), result.getOutcome(), result.getObject(), dryRun);
            objects.add(result.getObject());
        }
        if (!dryRun) {
            boolean changes = due.stream().anyMatch(Model.Answer::changes);
            assertThat(done.getRevision()).isEqualTo(model.revision + (changes ? 1 : 0));
            model.done(wishes, due, objects);
        }
    }

    private static int firstRefused(List<Model.Answer> due) {
        for (int i = 0; i < due.size(); i++) {
            if (due.get(i).refused()) {
                return i;
            }
        }
        return -1;
    }

    private static long revision(Model model, Model.Answer due) {
        Model.Thing thing = due.thing();
        return due.changes() || thing == null ? model.revision + 1 : thing.version();
    }

    private static void expect(
            Model model, Wish wish, Model.Answer due, WriteOutcome outcome, Object object, boolean dryRun) {
        assertThat(due.reason()).as("%s was answered", wish).isEmpty();
        assertThat(outcome).as("%s", wish).isEqualTo(due.outcome());
        Model.Thing thing = Model.of(object);
        Model.Thing expected = due.thing();
        assertThat(expected).isNotNull();
        if (expected != null) {
            boolean isNew = due.outcome() == WriteOutcome.WRITE_OUTCOME_CREATED;
            assertThat(thing)
                    .as("%s%s of %s", wish, dryRun ? ", dry" : "", model.workspace)
                    .isEqualTo(new Model.Thing(
                            isNew ? thing.uid() : expected.uid(),
                            expected.version(),
                            expected.generation(),
                            expected.spec(),
                            expected.status()));
        }
    }

    /** Several clients at once: who comes first nobody can know, but the validators find out whether somebody did. */
    void burst(Model model) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(CLIENTS);
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Door door = new Door(world.recorded(), model.workspace);
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> {
                try {
                    for (int j = 0; j < WRITES_EACH; j++) {
                        some(door, own);
                    }
                } catch (RuntimeException | AssertionError e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                } finally {
                    done.countDown();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        done.await();
        synchronized (failures) {
            assertThat(failures).isEmpty();
        }
    }

    private static void some(Door door, SplittableRandom own) {
        int first = own.nextInt(3);
        boolean dryRun = own.nextInt(8) == 0;
        try {
            if (own.nextInt(4) == 0) {
                var unused = door.putTogether(List.of(any(first, own), any(first + 1, own)), dryRun);
            } else {
                var unused = door.put(any(first, own), dryRun);
            }
        } catch (StatusRuntimeException e) {
            assertThat(Door.reason(e)).isIn("ALREADY_EXISTS", "OBJECT_NOT_FOUND");
        }
    }

    private static Wish any(int name, SplittableRandom own) {
        Wish.Verb verb =
                List.of(Wish.Verb.CREATE, Wish.Verb.DELETE, Wish.Verb.APPLY).get(own.nextInt(3));
        return new Wish(verb, "r" + name, own.nextInt(1_000), 0);
    }
}
