package dev.proreus.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.record.Auditor;
import dev.proreus.guarantees.validate.Verdict;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WriteOutcome;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * One random life of a server, given by its seed: requests whose answers the model knows before, bursts of clients at
 * once, watches from past, present and future that read quickly, slowly or not at all and vanish, and restarts. In the
 * end everything that any client was told is judged.
 */
final class Life {
    private static final int STEPS = 150;
    private static final int NAMES = 8;
    private static final int READERS = 30;
    private static final List<String> WORKSPACES = List.of("root:one", "root:two", "root:three");

    private final World world;
    private final SplittableRandom random;
    private final List<Model> models = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private Channel client;

    Life(World world, long seed) {
        this.world = world;
        this.random = new SplittableRandom(seed);
        WORKSPACES.forEach(world::createWorkspace);
        WORKSPACES.forEach(path -> models.add(new Model(path)));
        world.defineType();
        this.client = world.recorded();
    }

    Verdict run() throws InterruptedException {
        for (int i = 0; i < STEPS; i++) {
            act();
        }
        readers.forEach(reader -> reader.grant(Integer.MAX_VALUE));
        Auditor auditor = new Auditor(world.raw(), world.recorder);
        for (Model model : models) {
            long head = auditor.audit(model.workspace, World.TYPE, 0);
            for (Reader reader : readers) {
                boolean ofAll = reader.request().getName().isEmpty()
                        && reader.request().getLabelSelector().isEmpty()
                        && reader.request().getWorkspace().equals(model.workspace);
                if (ofAll && !reader.ended()) {
                    await().atMost(Duration.ofSeconds(30)).until(() -> reader.ended() || reader.newest() >= head);
                }
            }
        }
        readers.forEach(Reader::vanish);
        for (RecordedWatch watch : world.recorder.recording().watches()) {
            assertThat(watch.end())
                    .isIn(
                            "",
                            "CANCELLED",
                            "UNAVAILABLE",
                            "UNAVAILABLE STOPPING",
                            "OUT_OF_RANGE REVISION_NOT_REACHED",
                            "UNIMPLEMENTED NOT_BUILT_YET");
        }
        return Verdict.of(world.recorder.recording());
    }

    private void act() throws InterruptedException {
        Model model = models.get(random.nextInt(models.size()));
        int dice = random.nextInt(100);
        if (dice < 50) {
            write(model, "r" + random.nextInt(NAMES));
        } else if (dice < 58) {
            read(model, "r" + random.nextInt(NAMES));
        } else if (dice < 62) {
            burst(model);
        } else if (dice < 80) {
            watch(model);
        } else if (dice < 92) {
            withOne(reader -> reader.grant(1 + random.nextInt(4)));
        } else if (dice < 97) {
            withOne(Reader::vanish);
        } else {
            restart();
        }
    }

    private void write(Model model, String name) {
        ObjectServiceGrpc.ObjectServiceBlockingStub stub = World.objects(client);
        int n = random.nextInt(30);
        switch (random.nextInt(5)) {
            case 0 -> expect(model, name, model.create(name, n), () -> create(stub, model, name, n));
            case 1 -> expect(model, name, model.apply(name, n), () -> apply(stub, model, name, n));
            case 2 -> {
                Model.Thing is = model.things.get(name);
                long version = Math.max(1, (is == null ? 1 : is.version()) - random.nextInt(2));
                expect(model, name, model.update(name, version, n), () -> update(stub, model, name, version, n));
            }
            case 3 -> expect(model, name, model.status(name, n + 1), () -> status(stub, model, name, n + 1));
            default -> expect(model, name, model.delete(name), () -> delete(stub, model, name));
        }
    }

    private record Done(WriteOutcome outcome, Object object) {}

    private static void expect(Model model, String name, Model.Answer due, Supplier<Done> request) {
        Done done;
        try {
            done = request.get();
        } catch (StatusRuntimeException e) {
            assertThat(reason(e)).isEqualTo(due.reason());
            return;
        }
        assertThat(due.reason()).as("%s was answered", name).isEmpty();
        assertThat(done.outcome()).isEqualTo(due.outcome());
        Model.Thing thing = Model.of(done.object());
        Model.Thing expected = due.thing();
        assertThat(expected).isNotNull();
        if (expected != null) {
            boolean isNew = due.outcome() == WriteOutcome.WRITE_OUTCOME_CREATED;
            assertThat(thing)
                    .isEqualTo(new Model.Thing(
                            isNew ? thing.uid() : expected.uid(),
                            expected.version(),
                            expected.generation(),
                            expected.spec(),
                            expected.status()));
        }
        model.done(name, due, done.object());
    }

    private static Done create(ObjectServiceGrpc.ObjectServiceBlockingStub stub, Model model, String name, int spec) {
        var made = stub.create(CreateRequest.newBuilder()
                .setWorkspace(model.workspace)
                .setType(World.TYPE)
                .setObject(World.thing(name, spec))
                .build());
        return new Done(made.getOutcome(), made.getObject());
    }

    private static Done apply(ObjectServiceGrpc.ObjectServiceBlockingStub stub, Model model, String name, int spec) {
        var made = stub.apply(ApplyRequest.newBuilder()
                .setWorkspace(model.workspace)
                .setType(World.TYPE)
                .setObject(World.thing(name, spec))
                .setForce(true)
                .build());
        return new Done(made.getOutcome(), made.getObject());
    }

    private static Done update(
            ObjectServiceGrpc.ObjectServiceBlockingStub stub, Model model, String name, long version, int spec) {
        Object.Builder wish = World.thing(name, spec).toBuilder();
        wish.getMetadataBuilder().setResourceVersion(version);
        var made = stub.update(UpdateRequest.newBuilder()
                .setWorkspace(model.workspace)
                .setType(World.TYPE)
                .setObject(wish)
                .build());
        return new Done(made.getOutcome(), made.getObject());
    }

    private static Done status(ObjectServiceGrpc.ObjectServiceBlockingStub stub, Model model, String name, int status) {
        var made = stub.updateStatus(UpdateStatusRequest.newBuilder()
                .setWorkspace(model.workspace)
                .setType(World.TYPE)
                .setObject(Object.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(name))
                        .setStatus(World.number(status)))
                .build());
        return new Done(made.getOutcome(), made.getObject());
    }

    private static Done delete(ObjectServiceGrpc.ObjectServiceBlockingStub stub, Model model, String name) {
        var made = stub.delete(DeleteRequest.newBuilder()
                .setWorkspace(model.workspace)
                .setType(World.TYPE)
                .setName(name)
                .build());
        return new Done(made.getOutcome(), made.getObject());
    }

    private void read(Model model, String name) {
        Model.Thing is = model.things.get(name);
        try {
            Object read = World.objects(client)
                    .get(GetRequest.newBuilder()
                            .setWorkspace(model.workspace)
                            .setType(World.TYPE)
                            .setName(name)
                            .build())
                    .getObject();
            assertThat(Model.of(read)).isEqualTo(is);
        } catch (StatusRuntimeException e) {
            assertThat(reason(e)).isEqualTo("OBJECT_NOT_FOUND");
            assertThat(is).isNull();
        }
        take(model, false);
    }

    /** Lists what there is, in small pages; the model is held against it, or takes it over. */
    private void take(Model model, boolean over) {
        List<Object> all = new ArrayList<>();
        ListResponse page;
        String token = "";
        do {
            page = World.objects(client)
                    .list(ListRequest.newBuilder()
                            .setWorkspace(model.workspace)
                            .setType(World.TYPE)
                            .setPageSize(1 + random.nextInt(4))
                            .setPageToken(token)
                            .build());
            page.getItemsList().forEach(item -> all.add(item.getObject()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        if (over) {
            model.things.clear();
            all.forEach(each -> model.things.put(each.getMetadata().getName(), Model.of(each)));
            model.revision = page.getRevision();
        } else {
            assertThat(page.getRevision()).isEqualTo(model.revision);
            assertThat(all.stream().map(Model::of)).containsExactlyElementsOf(model.things.values());
        }
    }

    /** Several clients at once: who comes first nobody can know, but the validators find out whether somebody did. */
    private void burst(Model model) throws InterruptedException {
        int clients = 4;
        CountDownLatch done = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            Channel channel = world.recorded();
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 6; j++) {
                    some(World.objects(channel), model, own);
                }
                done.countDown();
            });
            thread.setDaemon(true);
            thread.start();
        }
        done.await();
        take(model, true);
    }

    private static void some(ObjectServiceGrpc.ObjectServiceBlockingStub stub, Model model, SplittableRandom own) {
        String name = "r" + own.nextInt(3);
        int n = own.nextInt(1_000);
        try {
            switch (own.nextInt(4)) {
                case 0 -> create(stub, model, name, n);
                case 1 -> delete(stub, model, name);
                case 2 -> status(stub, model, name, n);
                default -> apply(stub, model, name, n);
            }
        } catch (StatusRuntimeException e) {
            assertThat(reason(e)).isIn("ALREADY_EXISTS", "OBJECT_NOT_FOUND");
        }
    }

    private void watch(Model model) {
        if (readers.size() >= READERS) {
            readers.remove(0).vanish();
        }
        WatchRequest.Builder request =
                WatchRequest.newBuilder().setWorkspace(model.workspace).setType(World.TYPE);
        switch (random.nextInt(6)) {
            case 0 -> request.setAfterRevision(model.revision);
            case 1 -> request.setAfterRevision(model.revision + 1 + random.nextInt(5));
            case 2, 3 -> request.setAfterRevision(random.nextLong(model.revision + 1));
            default -> {}
        }
        switch (random.nextInt(5)) {
            case 0 -> request.setName("r" + random.nextInt(NAMES));
            case 1 -> request.setLabelSelector("colour=red");
            case 2 -> request.setLabelSelector("colour notin (red, green)");
            default -> {}
        }
        if (random.nextInt(3) == 0) {
            request.setMode(DeliveryMode.DELIVERY_MODE_LATEST);
        }
        request.setPrevious(random.nextInt(3) == 0);
        open(request.build());
    }

    private void open(WatchRequest request) {
        Reader reader = Reader.open(client, request);
        if (random.nextInt(3) > 0) {
            reader.grant(Integer.MAX_VALUE);
        }
        readers.add(reader);
    }

    private void withOne(java.util.function.Consumer<Reader> action) {
        if (!readers.isEmpty()) {
            action.accept(readers.get(random.nextInt(readers.size())));
        }
    }

    private void restart() {
        world.restart();
        client = world.recorded();
        List<Reader> before = List.copyOf(readers);
        readers.clear();
        for (Reader reader : before) {
            await().atMost(Duration.ofSeconds(30)).until(reader::ended);
            boolean latest = reader.request().getMode() == DeliveryMode.DELIVERY_MODE_LATEST;
            WatchRequest resumed = reader.resumed(latest);
            if (resumed != null && random.nextBoolean()) {
                open(resumed);
            }
        }
    }

    private static String reason(StatusRuntimeException refusal) {
        com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
        try {
            return status == null
                    ? String.valueOf(refusal.getStatus())
                    : status.getDetails(0).unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
