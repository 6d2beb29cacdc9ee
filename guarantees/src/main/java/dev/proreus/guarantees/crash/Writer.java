package dev.proreus.guarantees.crash;

import com.google.protobuf.Struct;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.v1.WriteRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A client that writes, and reads between: a few names that all writers fight for, and many of its own. Every spec is
 * the only one of its kind, so that each write can be found again.
 */
final class Writer implements Role {
    private static final int HOT_NAMES = 4;
    private static final int OWN_NAMES = 40;
    private static final String MANAGER = "crash";
    private static final int FILL = 200;

    /** Refusals that are right where several write the same. */
    private static final Set<Status.Code> REFUSED = Set.of(
            Status.Code.ALREADY_EXISTS,
            Status.Code.NOT_FOUND,
            Status.Code.ABORTED,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.RESOURCE_EXHAUSTED);

    private final int number;
    private final SplittableRandom random;
    private final Tally tally;
    private long marks;
    private boolean batches = true;

    Writer(int number, SplittableRandom random, Tally tally) {
        this.number = number;
        this.random = random;
        this.tally = tally;
    }

    @Override
    public void act(Channel channel) {
        ObjectServiceGrpc.ObjectServiceBlockingStub stub =
                ObjectServiceGrpc.newBlockingStub(channel).withDeadlineAfter(Scene.CALL_SECONDS, TimeUnit.SECONDS);
        String workspace = Scene.WORKSPACES.get(random.nextInt(Scene.WORKSPACES.size()));
        try {
            if (act(stub, workspace, name(), random.nextInt(100))) {
                tally.acknowledged();
            }
        } catch (StatusRuntimeException e) {
            if (!REFUSED.contains(e.getStatus().getCode())) {
                throw e;
            }
        }
    }

    /** Returns whether it was a write. */
    private boolean act(ObjectServiceGrpc.ObjectServiceBlockingStub stub, String workspace, String name, int dice) {
        if (dice < 8) {
            var unused = stub.get(get(workspace, name));
            return false;
        } else if (dice < 9) {
            list(stub, workspace);
            return false;
        } else if (dice < 18) {
            var unused = stub.delete(DeleteRequest.newBuilder()
                    .setWorkspace(workspace)
                    .setType(Scene.TYPE)
                    .setName(name)
                    .build());
        } else if (dice < 28) {
            var unused = stub.create(CreateRequest.newBuilder()
                    .setWorkspace(workspace)
                    .setType(Scene.TYPE)
                    .setObject(object(name))
                    .setFieldManager(MANAGER)
                    .build());
        } else if (dice < 48) {
            update(stub, workspace, name);
        } else if (dice < 58) {
            var unused = stub.updateStatus(UpdateStatusRequest.newBuilder()
                    .setWorkspace(workspace)
                    .setType(Scene.TYPE)
                    .setObject(Object.newBuilder()
                            .setMetadata(ObjectMeta.newBuilder().setName(name))
                            .setStatus(Struct.newBuilder().putFields("seen", Scene.text(mark()))))
                    .build());
        } else if (dice < 66 && batches) {
            return batch(stub, workspace);
        } else {
            var unused = stub.apply(ApplyRequest.newBuilder()
                    .setWorkspace(workspace)
                    .setType(Scene.TYPE)
                    .setObject(object(name))
                    .setFieldManager(MANAGER)
                    .setForce(true)
                    .build());
        }
        return true;
    }

    private void update(ObjectServiceGrpc.ObjectServiceBlockingStub stub, String workspace, String name) {
        ObjectMeta read = stub.get(get(workspace, name)).getObject().getMetadata();
        Object.Builder wish = object(name).toBuilder();
        wish.getMetadataBuilder().setUid(read.getUid()).setResourceVersion(read.getResourceVersion());
        var unused = stub.update(UpdateRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(Scene.TYPE)
                .setObject(wish)
                .setFieldManager(MANAGER)
                .build());
    }

    private void list(ObjectServiceGrpc.ObjectServiceBlockingStub stub, String workspace) {
        String token = "";
        do {
            token = stub.list(ListRequest.newBuilder()
                            .setWorkspace(workspace)
                            .setType(Scene.TYPE)
                            .setPageSize(100)
                            .setPageToken(token)
                            .build())
                    .getNextPageToken();
        } while (!token.isEmpty());
    }

    private boolean batch(ObjectServiceGrpc.ObjectServiceBlockingStub stub, String workspace) {
        WriteRequest.Builder request = WriteRequest.newBuilder()
                .setWorkspace(workspace)
                .setFieldManager(MANAGER)
                .setForce(true);
        request.addWrites(apply("hot-" + random.nextInt(HOT_NAMES)));
        for (int i = 0; i < 3; i++) {
            request.addWrites(apply(own(3 * random.nextInt(OWN_NAMES / 3) + i)));
        }
        try {
            var unused = stub.write(request.build());
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
            batches = false;
            return false;
        }
    }

    private Mutation.Builder apply(String name) {
        return Mutation.newBuilder().setType(Scene.TYPE).setApply(object(name));
    }

    private static GetRequest get(String workspace, String name) {
        return GetRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(Scene.TYPE)
                .setName(name)
                .build();
    }

    private Object object(String name) {
        return Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder()
                        .setName(name)
                        .putLabels(Scene.LABEL, Scene.COLOURS.get(random.nextInt(Scene.COLOURS.size()))))
                .setSpec(Struct.newBuilder()
                        .putFields("mark", Scene.text(mark()))
                        .putFields("fill", Scene.text("x".repeat(random.nextInt(FILL)))))
                .build();
    }

    private String mark() {
        return number + "-" + marks++;
    }

    private String name() {
        return random.nextInt(4) == 0 ? "hot-" + random.nextInt(HOT_NAMES) : own(random.nextInt(OWN_NAMES));
    }

    private String own(int which) {
        return "of-" + number + "-" + which;
    }

    @Override
    public String toString() {
        return "writer " + number;
    }
}
