package dev.proreus.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.record.Auditor;
import dev.proreus.guarantees.validate.Verdict;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One random life of a server, given by its seed: writes alone, together and dry, and reads of present and past, whose
 * answers the model knows before; bursts of clients at once; watches of workspaces and subtrees; histories that are
 * trimmed meanwhile; and restarts. In the end everything that any client was told is judged.
 *
 * <p>An audit follows each workspace all the time, since what is trimmed cannot be read back at the end.
 */
final class Life {
    private static final int STEPS = 150;

    /** How a watch may end. */
    private static final Set<String> ENDS = Set.of(
            "",
            "CANCELLED",
            "UNAVAILABLE",
            "UNAVAILABLE STOPPING",
            "OUT_OF_RANGE REVISION_NOT_REACHED",
            "OUT_OF_RANGE RESOURCE_VERSION_EXPIRED");

    private final World world;
    private final SplittableRandom random;
    private final Writes writes;
    private final Reads reads;
    private final Readers readers;
    private final Trimming trimming;
    private final List<Model> models = new ArrayList<>();
    private final Map<Model, Auditor.Audit> audits = new LinkedHashMap<>();
    private Channel client;

    Life(World world, long seed) {
        this.world = world;
        this.random = new SplittableRandom(seed);
        this.writes = new Writes(world, random);
        this.reads = new Reads(random);
        this.readers = new Readers(random);
        this.trimming = new Trimming(world, random);
        World.WORKSPACES.forEach(world::createWorkspace);
        World.WORKSPACES.forEach(path -> models.add(new Model(path)));
        world.defineType();
        this.client = world.recorded();
        follow();
        models.forEach(model -> reads.takeOver(client, model)); // a workspace below takes a revision in the one above
    }

    Verdict run() throws InterruptedException {
        for (int i = 0; i < STEPS; i++) {
            act();
        }
        readers.readEverything();
        followNoMore();
        models.forEach(model -> readers.awaitTold(model.workspace, model.revision));
        readers.vanishAll();
        for (RecordedWatch watch : world.recorder.recording().watches()) {
            assertThat(watch.end()).as("%s", watch).isIn(ENDS);
        }
        return Verdict.of(world.recorder.recording());
    }

    private void act() throws InterruptedException {
        Model model = models.get(random.nextInt(models.size()));
        int dice = random.nextInt(100);
        if (dice < 36) {
            writes.one(client, model);
        } else if (dice < 48) {
            writes.together(client, model);
        } else if (dice < 52) {
            reads.newest(client, model);
        } else if (dice < 58) {
            reads.past(client, model);
        } else if (dice < 62) {
            writes.burst(model);
            reads.takeOver(client, model);
        } else if (dice < 80) {
            readers.open(client, model);
        } else if (dice < 90) {
            readers.readOn();
        } else if (dice < 92) {
            readers.comeBack(client);
        } else if (dice < 95) {
            readers.vanish();
        } else if (dice < 97) {
            trimming.trim(model);
        } else {
            restart();
        }
    }

    private void restart() {
        followNoMore();
        world.restart();
        client = world.recorded();
        follow();
        readers.resumeSome(client);
    }

    private void follow() {
        Auditor auditor = new Auditor(world.raw(), world.recorder);
        models.forEach(model -> audits.put(model, auditor.begin(model.workspace, World.TYPE, model.revision)));
    }

    private void followNoMore() {
        audits.forEach((model, audit) -> {
            long last = audit.finish();
            reads.takeOver(client, model);
            assertThat(model.revision).isEqualTo(last);
        });
        audits.clear();
    }
}
