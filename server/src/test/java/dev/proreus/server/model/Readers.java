package dev.proreus.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.Scope;
import dev.proreus.v1.WatchRequest;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Watches from past, present and future, of one workspace or a subtree, which are read quickly, slowly or not at all.
 */
final class Readers {
    private static final int AT_ONCE = 30;

    private final SplittableRandom random;
    private final List<Reader> readers = new ArrayList<>();

    Readers(SplittableRandom random) {
        this.random = random;
    }

    /** Opens a watch of some kind, which begins somewhere in the history of a workspace. */
    void open(Channel client, Model model) {
        if (readers.size() >= AT_ONCE) {
            readers.remove(0).vanish();
        }
        WatchRequest.Builder request = WatchRequest.newBuilder().setType(World.TYPE);
        boolean subtree = random.nextInt(4) == 0;
        if (subtree) {
            request.setScope(Scope.SCOPE_SUBTREE).setWorkspace(random.nextInt(3) == 0 ? World.SUBTREE : "root");
        } else {
            request.setWorkspace(model.workspace);
        }
        switch (random.nextInt(5)) {
            case 0 -> request.setName(Writes.someName(random));
            case 1 -> request.setLabelSelector("colour=red");
            case 2 -> request.setLabelSelector("colour notin (red, green)");
            default -> {}
        }
        start(request, model, subtree);
        if (random.nextInt(3) == 0) {
            request.setMode(DeliveryMode.DELIVERY_MODE_LATEST);
        }
        request.setPrevious(random.nextInt(3) == 0);
        Reader reader = open(client, request.build());
        if (request.hasAfterRevision() && request.getAfterRevision() < model.floor) {
            reader.awaitEnd();
            assertThat(reader.events()).as("events told below the floor").isZero();
        }
    }

    private void start(WatchRequest.Builder request, Model model, boolean subtree) {
        if (subtree) {
            if (random.nextInt(6) == 0) {
                request.setNow(Empty.getDefaultInstance());
            }
            return;
        }
        switch (random.nextInt(7)) {
            case 0 -> request.setAfterRevision(model.revision);
            case 1 -> request.setAfterRevision(model.revision + 1 + random.nextInt(5));
            case 2, 3 -> request.setAfterRevision(random.nextLong(model.revision + 1));
            case 4 -> request.setNow(Empty.getDefaultInstance());
            default -> {}
        }
    }

    private Reader open(Channel client, WatchRequest request) {
        Reader reader = Reader.open(client, request);
        if (random.nextInt(3) > 0) {
            reader.grant(Integer.MAX_VALUE);
        }
        readers.add(reader);
        return reader;
    }

    /** Lets somebody read on a little. */
    void readOn() {
        withOne(reader -> reader.grant(1 + random.nextInt(4)));
    }

    /** Lets somebody vanish. */
    void vanish() {
        withOne(Reader::vanish);
    }

    /** Lets somebody vanish and come back where it stopped. */
    void comeBack(Channel client) {
        withOne(reader -> {
            reader.vanish();
            resume(client, reader);
        });
    }

    private void withOne(Consumer<Reader> action) {
        if (!readers.isEmpty()) {
            action.accept(readers.get(random.nextInt(readers.size())));
        }
    }

    /** Lets half of those whose server went away come back where they stopped. */
    void resumeSome(Channel client) {
        List<Reader> before = List.copyOf(readers);
        readers.clear();
        for (Reader reader : before) {
            reader.awaitEnd();
            if (random.nextBoolean()) {
                resume(client, reader);
            }
        }
    }

    private void resume(Channel client, Reader reader) {
        WatchRequest resumed = reader.resumed();
        if (resumed != null) {
            open(client, resumed);
        }
    }

    void readEverything() {
        readers.forEach(reader -> reader.grant(Integer.MAX_VALUE));
    }

    /** Waits until whoever asked for all of a workspace was told of a revision. */
    void awaitTold(String workspace, long revision) {
        for (Reader reader : readers) {
            if (reader.wantsAllOf(workspace)) {
                reader.awaitTold(workspace, revision);
            }
        }
    }

    void vanishAll() {
        readers.forEach(Reader::vanish);
    }
}
