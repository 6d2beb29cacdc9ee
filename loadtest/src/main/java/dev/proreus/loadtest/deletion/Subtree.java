package dev.proreus.loadtest.deletion;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.loadtest.client.Letters;
import dev.proreus.loadtest.client.ManyCalls;
import dev.proreus.loadtest.client.TypeDefinition;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.v1.WriteRequest;
import java.io.IOException;

/** A tree of workspaces below root, ten children each, with objects in every one. */
final class Subtree {
    /** The type of its objects, which root defines. */
    static final TypeDefinition TYPE = new TypeDefinition("leaf", "deletion.example.com", true);

    private static final int CHILDREN = 10;

    private final String top;
    private final DeletionPlan plan;
    private final Letters letters;

    /** @param name of its top */
    Subtree(String name, DeletionPlan plan) {
        this.top = "root:" + name;
        this.plan = plan;
        this.letters = new Letters(plan.specBytes());
    }

    String top() {
        return top;
    }

    /** Returns the path of a workspace; 0 is the top. */
    String path(int number) {
        return number == 0 ? top : path((number - 1) / CHILDREN) + ":child-" + number;
    }

    void build(ManyCalls clients) throws IOException, InterruptedException {
        // Level by level, since parents come first: the children of a level's workspaces are the next level.
        for (int from = 0, to = 1; from < plan.workspaces(); from = to, to = to * CHILDREN + 1) {
            clients.call(
                    WorkspaceServiceGrpc.getCreateWorkspaceMethod(),
                    from,
                    Math.min(to, plan.workspaces()),
                    number -> CreateWorkspaceRequest.newBuilder()
                            .setWorkspace(path(number))
                            .build());
        }
        clients.call(ObjectServiceGrpc.getWriteMethod(), 0, plan.workspaces(), this::objects);
    }

    private WriteRequest objects(int number) {
        WriteRequest.Builder request = WriteRequest.newBuilder().setWorkspace(path(number));
        for (int i = 0; i < plan.objects(); i++) {
            Value data = Value.newBuilder()
                    .setStringValue(letters.piece((long) number * plan.objects() + i))
                    .build();
            request.addWrites(Mutation.newBuilder()
                    .setType(TYPE.name())
                    .setCreate(Object.newBuilder()
                            .setMetadata(ObjectMeta.newBuilder().setName("leaf-" + i))
                            .setSpec(Struct.newBuilder().putFields("data", data))));
        }
        return request.build();
    }
}
