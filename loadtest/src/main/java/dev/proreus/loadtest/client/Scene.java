package dev.proreus.loadtest.client;

import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Channel;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Where a run takes place: a workspace of its own with a type of its own, so that every revision in it is the run's.
 */
public final class Scene {
    /** The resource type of the run's objects. */
    public static final String TYPE = "fanouts.bench.example.com";

    private static final TypeDefinition DEFINITION = new TypeDefinition("fanout", "bench.example.com", false);
    private static final int CALL_SECONDS = 20;

    private final String workspace;
    private final ObjectServiceGrpc.ObjectServiceBlockingStub objects;
    private final WorkspaceServiceGrpc.WorkspaceServiceBlockingStub workspaces;

    /** Makes a scene, whose workspace is yet to be made. */
    public Scene(Channel channel, RandomGenerator random) {
        this(channel, "root:bench-" + Long.toString(random.nextLong(1L << 40), 36));
    }

    private Scene(Channel channel, String workspace) {
        this.workspace = workspace;
        this.objects = ObjectServiceGrpc.newBlockingStub(channel);
        this.workspaces = WorkspaceServiceGrpc.newBlockingStub(channel);
    }

    /** Returns the same scene as another channel reaches it. */
    public Scene on(Channel channel) {
        return new Scene(channel, workspace);
    }

    /** Returns the path of the workspace. */
    public String workspace() {
        return workspace;
    }

    /** Makes the workspace and the type. */
    public void set() {
        workspaces()
                .createWorkspace(CreateWorkspaceRequest.newBuilder()
                        .setWorkspace(workspace)
                        .build());
        objects().apply(DEFINITION.in(workspace));
    }

    /** Reads an object. */
    public Object get(String name) {
        return objects()
                .get(GetRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(TYPE)
                        .setName(name)
                        .build())
                .getObject();
    }

    /** Creates an object with nothing in it. */
    public void create(String name) {
        objects()
                .create(CreateRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(TYPE)
                        .setObject(Object.newBuilder()
                                .setMetadata(ObjectMeta.newBuilder().setName(name)))
                        .build());
    }

    /** Returns the newest revision of the workspace. */
    public long revision() {
        return objects()
                .list(ListRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(TYPE)
                        .setPageSize(1)
                        .build())
                .getRevision();
    }

    /** Deletes everything that the run made. */
    public void strike() {
        deleteAll(TYPE);
        deleteAll(TypeDefinition.TYPES);
        workspaces()
                .deleteWorkspace(DeleteWorkspaceRequest.newBuilder()
                        .setWorkspace(workspace)
                        .build());
    }

    private ObjectServiceGrpc.ObjectServiceBlockingStub objects() {
        return objects.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private WorkspaceServiceGrpc.WorkspaceServiceBlockingStub workspaces() {
        return workspaces.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private void deleteAll(String type) {
        ListResponse page;
        do {
            page = objects()
                    .list(ListRequest.newBuilder()
                            .setWorkspace(workspace)
                            .setType(type)
                            .build());
            for (ListItem item : page.getItemsList()) {
                objects()
                        .delete(DeleteRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType(type)
                                .setName(item.getObject().getMetadata().getName())
                                .build());
            }
        } while (!page.getNextPageToken().isEmpty());
    }
}
