package dev.proreus.server.model;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.v1.WriteOutcome;
import dev.proreus.v1.WriteRequest;
import dev.proreus.v1.WriteResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/** Puts wishes to the server, one by one or several at once. */
final class Door {
    private final ObjectServiceGrpc.ObjectServiceBlockingStub stub;
    private final String workspace;

    Door(Channel channel, String workspace) {
        this.stub = World.objects(channel);
        this.workspace = workspace;
    }

    /** What one wish came to. */
    record Done(WriteOutcome outcome, Object object, long revision) {}

    Done put(Wish wish, boolean dryRun) {
        return switch (wish.verb()) {
            case CREATE -> {
                var made = stub.create(CreateRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(World.TYPE)
                        .setObject(World.thing(wish.name(), wish.n()))
                        .setDryRun(dryRun)
                        .build());
                yield new Done(made.getOutcome(), made.getObject(), made.getRevision());
            }
            case APPLY -> {
                var made = stub.apply(ApplyRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(World.TYPE)
                        .setObject(World.thing(wish.name(), wish.n()))
                        .setForce(true)
                        .setDryRun(dryRun)
                        .build());
                yield new Done(made.getOutcome(), made.getObject(), made.getRevision());
            }
            case UPDATE -> {
                var made = stub.update(UpdateRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(World.TYPE)
                        .setObject(update(wish))
                        .setDryRun(dryRun)
                        .build());
                yield new Done(made.getOutcome(), made.getObject(), made.getRevision());
            }
            case DELETE -> {
                var made = stub.delete(DeleteRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(World.TYPE)
                        .setName(wish.name())
                        .setDryRun(dryRun)
                        .build());
                yield new Done(made.getOutcome(), made.getObject(), made.getRevision());
            }
            case STATUS -> status(wish, dryRun);
        };
    }

    private Done status(Wish wish, boolean dryRun) {
        var made = stub.updateStatus(UpdateStatusRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(World.TYPE)
                .setObject(Object.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(wish.name()))
                        .setStatus(World.number(wish.n())))
                .setDryRun(dryRun)
                .build());
        return new Done(made.getOutcome(), made.getObject(), made.getRevision());
    }

    /** Puts several wishes, all or none. */
    WriteResponse putTogether(List<Wish> wishes, boolean dryRun) {
        WriteRequest.Builder request =
                WriteRequest.newBuilder().setWorkspace(workspace).setForce(true).setDryRun(dryRun);
        for (Wish wish : wishes) {
            Mutation.Builder mutation = Mutation.newBuilder().setType(World.TYPE);
            switch (wish.verb()) {
                case CREATE -> mutation.setCreate(World.thing(wish.name(), wish.n()));
                case APPLY -> mutation.setApply(World.thing(wish.name(), wish.n()));
                case UPDATE -> mutation.setUpdate(update(wish));
                case DELETE -> mutation.setDelete(wish.name());
                case STATUS -> throw new IllegalArgumentException("a batch writes no status");
            }
            request.addWrites(mutation);
        }
        return stub.write(request.build());
    }

    private static Object update(Wish wish) {
        Object.Builder object = World.thing(wish.name(), wish.n()).toBuilder();
        object.getMetadataBuilder().setResourceVersion(wish.version());
        return object.build();
    }

    /** Returns why a request was refused, and more about it. */
    static ErrorInfo refusal(Throwable refused) {
        com.google.rpc.Status status = StatusProto.fromThrowable(refused);
        try {
            return status == null || status.getDetailsCount() == 0
                    ? ErrorInfo.newBuilder().setReason(String.valueOf(refused)).build()
                    : status.getDetails(0).unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static String reason(StatusRuntimeException refused) {
        return refusal(refused).getReason();
    }
}
