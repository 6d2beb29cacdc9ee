package dev.proreus.server.object;

import com.google.protobuf.ByteString;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.raw.RawBatchRequest;
import dev.proreus.server.rpc.raw.RawMutation;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.WriteRefusals;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeCatalog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of several writes: gives the wishes, and says of a refusal which of the writes it is about. */
final class BatchRequest {
    private final RawBatchRequest request;
    private final String manager;
    private final @Nullable GivenObject[] given;

    /** Reads a request; refuses one that holds too many writes, or none, before it looks at any of them. */
    BatchRequest(RawBatchRequest request, String manager) {
        this.request = request;
        this.manager = manager;
        ObjectWrites.checkCount(request.getWritesCount());
        this.given = new GivenObject[request.getWritesCount()];
    }

    /**
     * Returns the wishes, judged as far as that is possible before they reach the state. What needs no state is done
     * the first time only.
     */
    List<ObjectWrite> wishes(TypeCatalog types, Workspace workspace) {
        List<ObjectWrite> wishes = new ArrayList<>(request.getWritesCount());
        WriteRefusals refusals = new WriteRefusals();
        for (int i = 0; i < request.getWritesCount(); i++) {
            try {
                wishes.add(wish(types, workspace, i));
            } catch (RefusedException refusal) {
                refusals.add(place(i), i, refusal);
            }
        }
        refusals.throwIfAny();
        return wishes;
    }

    private String place(int index) {
        RawMutation write = request.getWrites(index);
        return "writes[" + index + "]" + (changes(write) == 1 ? "." + name(write) : "");
    }

    private ObjectWrite wish(TypeCatalog types, Workspace workspace, int index) {
        RawMutation write = request.getWrites(index);
        if (changes(write) != 1) {
            throw Checks.refusal("change", "must be exactly one of create, update, apply and delete");
        }
        if (write.getDeleteCount() == 1) {
            return Deletion.wish(types, workspace, write.getType(), write.getDelete(0), "", 0, manager);
        }
        GivenObject object = given[index];
        if (object == null) {
            object = given(write);
            given[index] = object;
        }
        return object.wish(types, workspace);
    }

    private GivenObject given(RawMutation write) {
        List<ByteString> objects = new ArrayList<>(write.getCreateList());
        objects.addAll(write.getUpdateList());
        objects.addAll(write.getApplyList());
        return new GivenObject(new Asked(verb(write), write.getType(), "", objects, manager, request.getForce()));
    }

    private static int changes(RawMutation write) {
        return write.getCreateCount() + write.getUpdateCount() + write.getApplyCount() + write.getDeleteCount();
    }

    private static Verb verb(RawMutation write) {
        return write.getCreateCount() > 0 ? Verb.CREATE : write.getUpdateCount() > 0 ? Verb.UPDATE : Verb.APPLY;
    }

    private static String name(RawMutation write) {
        if (write.getDeleteCount() > 0) {
            return "delete";
        }
        return switch (verb(write)) {
            case CREATE -> "create";
            case UPDATE -> "update";
            default -> "apply";
        };
    }
}
