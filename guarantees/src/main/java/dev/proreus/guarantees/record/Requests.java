package dev.proreus.guarantees.record;

import com.google.protobuf.MessageLite;
import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.Operation.Part;
import dev.proreus.guarantees.Operation.Verb;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Object;
import dev.proreus.v1.Scope;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WriteRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests. */
final class Requests {
    Requests() {}

    /** Returns what a request asks for, without an answer yet; null where it is none that is recorded. */
    @Nullable
    Operation operation(int client, long now, MessageLite request) {
        if (request instanceof GetRequest get) {
            return read(
                    client,
                    now,
                    Verb.GET,
                    new Key(get.getWorkspace(), get.getType(), get.getName()),
                    get.getAtRevision());
        } else if (request instanceof ListRequest list) {
            return read(client, now, Verb.LIST, new Key(list.getWorkspace(), list.getType(), ""), list.getAtRevision());
        } else if (request instanceof CreateRequest create) {
            Key key = key(create.getWorkspace(), create.getType(), create.getName(), create.getObject());
            return write(client, now, create.getDryRun(), part(Verb.CREATE, key, create.getObject()));
        } else if (request instanceof UpdateRequest update) {
            Key key = key(update.getWorkspace(), update.getType(), update.getName(), update.getObject());
            return write(client, now, update.getDryRun(), part(Verb.UPDATE, key, update.getObject()));
        } else if (request instanceof UpdateStatusRequest update) {
            Key key = key(update.getWorkspace(), update.getType(), update.getName(), update.getObject());
            return write(client, now, update.getDryRun(), part(Verb.UPDATE_STATUS, key, update.getObject()));
        } else if (request instanceof ApplyRequest apply) {
            Key key = key(apply.getWorkspace(), apply.getType(), apply.getName(), apply.getObject());
            return write(client, now, apply.getDryRun(), part(Verb.APPLY, key, apply.getObject()));
        } else if (request instanceof DeleteRequest delete) {
            Key key = new Key(delete.getWorkspace(), delete.getType(), delete.getName());
            Part part = new Part(Verb.DELETE, key, delete.getUid(), delete.getResourceVersion(), 0);
            return write(client, now, delete.getDryRun(), part);
        } else if (request instanceof WriteRequest batch) {
            List<Part> parts = batch.getWritesList().stream()
                    .map(each -> part(batch.getWorkspace(), each))
                    .toList();
            return new Operation(client, now, now, batch.getDryRun(), parts, new Answer.Unknown());
        }
        return null;
    }

    static Interest interest(WatchRequest request, boolean audit) {
        Interest.Start start = switch (request.getStartCase()) {
            case AFTER_REVISION, RESUME_TOKEN -> Interest.Start.AFTER;
            case NOW -> Interest.Start.NOW;
            case START_NOT_SET -> Interest.Start.INITIAL;
        };
        return new Interest(
                request.getWorkspace(),
                request.getScope() == Scope.SCOPE_SUBTREE,
                request.getType(),
                request.getName(),
                request.getLabelSelector(),
                request.getFieldSelector(),
                request.getMode() == DeliveryMode.DELIVERY_MODE_LATEST,
                request.getPrevious(),
                start,
                request.getAfterRevision(),
                request.getResumeToken(),
                audit);
    }

    private static Operation read(int client, long now, Verb verb, Key key, long at) {
        return new Operation(client, now, now, false, List.of(new Part(verb, key, "", at, 0)), new Answer.Unknown());
    }

    private static Operation write(int client, long now, boolean dryRun, Part part) {
        return new Operation(client, now, now, dryRun, List.of(part), new Answer.Unknown());
    }

    private static Part part(String workspace, Mutation mutation) {
        String type = mutation.getType();
        return switch (mutation.getChangeCase()) {
            case CREATE -> part(Verb.CREATE, key(workspace, type, "", mutation.getCreate()), mutation.getCreate());
            case UPDATE -> part(Verb.UPDATE, key(workspace, type, "", mutation.getUpdate()), mutation.getUpdate());
            case APPLY -> part(Verb.APPLY, key(workspace, type, "", mutation.getApply()), mutation.getApply());
            default -> new Part(Verb.DELETE, new Key(workspace, type, mutation.getDelete()), "", 0, 0);
        };
    }

    private static Part part(Verb verb, Key key, Object object) {
        boolean conditional = verb != Verb.CREATE;
        return new Part(
                verb,
                key,
                conditional ? object.getMetadata().getUid() : "",
                conditional ? object.getMetadata().getResourceVersion() : 0,
                verb == Verb.UPDATE_STATUS ? 0 : ObjectReader.specDigest(object));
    }

    private static Key key(String workspace, String type, String name, Object object) {
        return new Key(workspace, type, name.isEmpty() ? object.getMetadata().getName() : name);
    }
}
