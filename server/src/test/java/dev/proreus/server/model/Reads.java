package dev.proreus.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Reads of what is and of what was, held against the model. */
final class Reads {
    private final SplittableRandom random;

    Reads(SplittableRandom random) {
        this.random = random;
    }

    /** The objects of a list, and the revision that all its pages show. */
    private record Listed(List<Object> objects, long revision) {}

    /** Reads one object and all of them in their newest states. */
    void newest(Channel client, Model model) {
        String name = Writes.someName(random);
        Model.Thing is = model.things.get(name);
        try {
            Object read = World.objects(client).get(get(model, name).build()).getObject();
            assertThat(Model.of(read)).isEqualTo(is);
        } catch (StatusRuntimeException e) {
            assertThat(Door.reason(e)).isEqualTo("OBJECT_NOT_FOUND");
            assertThat(is).isNull();
        }
        Listed listed = list(client, model, 0);
        assertThat(listed.revision).isEqualTo(model.revision);
        assertThat(listed.objects.stream().map(Model::of)).containsExactlyElementsOf(model.things.values());
    }

    /** Lets the model take over what there is. */
    void takeOver(Channel client, Model model) {
        Listed listed = list(client, model, 0);
        model.takeOver(listed.objects, listed.revision);
    }

    /** Reads at some revision, which may be too old by now, or not reached yet. */
    void past(Channel client, Model model) {
        long at = 1 + random.nextLong(model.revision + 2);
        List<Model.Thing> then = model.at(at);
        try {
            if (random.nextBoolean()) {
                Listed listed = list(client, model, at);
                assertThat(listed.revision).isEqualTo(at);
                if (then != null) {
                    assertThat(listed.objects.stream().map(Model::of)).containsExactlyElementsOf(then);
                }
            } else {
                Object read = World.objects(client)
                        .get(get(model, Writes.someName(random))
                                .setAtRevision(at)
                                .build())
                        .getObject();
                assertThat(then == null || then.contains(Model.of(read))).isTrue();
            }
            assertThat(at).isBetween(model.floor, model.revision);
        } catch (StatusRuntimeException e) {
            refused(model, at, Door.refusal(e));
        }
    }

    private static void refused(Model model, long at, ErrorInfo refusal) {
        switch (refusal.getReason()) {
            case "OBJECT_NOT_FOUND" -> assertThat(at).isBetween(model.floor, model.revision);
            case "REVISION_NOT_REACHED" -> assertThat(at).isGreaterThan(model.revision);
            case "RESOURCE_VERSION_EXPIRED" -> {
                long oldest = Long.parseLong(refusal.getMetadataOrThrow("oldest"));
                assertThat(oldest).isGreaterThan(at).isBetween(model.floor, model.revision);
                model.floor = oldest;
            }
            default -> throw new AssertionError("a read at " + at + " is refused: " + refusal);
        }
    }

    private Listed list(Channel client, Model model, long at) {
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
                            .setAtRevision(at)
                            .build());
            page.getItemsList().forEach(item -> all.add(item.getObject()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return new Listed(all, page.getRevision());
    }

    private static GetRequest.Builder get(Model model, String name) {
        return GetRequest.newBuilder()
                .setWorkspace(model.workspace)
                .setType(World.TYPE)
                .setName(name);
    }
}
