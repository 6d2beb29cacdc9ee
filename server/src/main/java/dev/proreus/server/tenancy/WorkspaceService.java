package dev.proreus.server.tenancy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.Edge;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.Service;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.CreateWorkspaceResponse;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.DeleteWorkspaceResponse;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.GetWorkspaceResponse;
import dev.proreus.v1.GetWorkspaceUsageRequest;
import dev.proreus.v1.GetWorkspaceUsageResponse;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.ListWorkspacesResponse;
import dev.proreus.v1.UndeleteWorkspaceRequest;
import dev.proreus.v1.UndeleteWorkspaceResponse;
import dev.proreus.v1.UpdateWorkspaceRequest;
import dev.proreus.v1.UpdateWorkspaceResponse;
import dev.proreus.v1.Workspace.State;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Termination;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.commit.RequestMark;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.commit.WorkspaceUpdate;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import io.grpc.ServerServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Serves {@code proreus.v1.WorkspaceService}. */
public final class WorkspaceService implements Service {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final Engine engine;

    /** Makes the service. */
    public WorkspaceService(Engine engine) {
        this.engine = engine;
    }

    @Override
    public ServerServiceDefinition bind(Edge edge) {
        return edge.service("proreus.v1.WorkspaceService")
                .unary("CreateWorkspace", this::create)
                .unary("GetWorkspace", this::get)
                .unary("ListWorkspaces", this::list)
                .unary("UpdateWorkspace", this::update)
                .unary("DeleteWorkspace", this::delete)
                .unary("UndeleteWorkspace", this::undelete)
                .unary("GetWorkspaceUsage", this::usage)
                .build();
    }

    private CompletionStage<Encoded> create(byte[] bytes) throws InvalidProtocolBufferException {
        CreateWorkspaceRequest request = CreateWorkspaceRequest.parseFrom(bytes);
        UUID requestId = RequestMark.id(request.getRequestId());
        return engine.createWorkspace(WorkspacePath.parse(request.getWorkspace()), requestId)
                .thenApply(created -> Encoded.of(CreateWorkspaceResponse.newBuilder()
                        .setWorkspace(message(created))
                        .build()));
    }

    private CompletionStage<Encoded> get(byte[] bytes) throws InvalidProtocolBufferException {
        GetWorkspaceRequest request = GetWorkspaceRequest.parseFrom(bytes);
        Workspace found = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        return CompletableFuture.completedStage(Encoded.of(
                GetWorkspaceResponse.newBuilder().setWorkspace(message(found)).build()));
    }

    private CompletionStage<Encoded> list(byte[] bytes) throws InvalidProtocolBufferException {
        ListWorkspacesRequest request = ListWorkspacesRequest.parseFrom(bytes);
        WorkspacePath path =
                request.getWorkspace().isEmpty() ? WorkspacePath.ROOT : WorkspacePath.parse(request.getWorkspace());
        Workspace top = engine.workspaces().at(path);
        int asked = (int) Checks.notNegative("page_size", request.getPageSize());
        int size = asked == 0 ? Limits.PAGE_OBJECTS : Math.min(asked, Limits.PAGE_OBJECTS_MAX);
        PagePosition after = PagePosition.of(engine.seal(), request.getPageToken(), top, request.getRecursive());
        List<Workspace> found = engine.workspaces().below(top.path(), request.getRecursive(), after.after(), size + 1);
        List<Workspace> page = found.size() > size ? found.subList(0, size) : found;
        ListWorkspacesResponse.Builder answer = ListWorkspacesResponse.newBuilder();
        page.forEach(each -> answer.addWorkspaces(message(each)));
        if (found.size() > size) {
            answer.setNextPageToken(after.tokenAfter(engine.seal(), page.get(size - 1)));
        }
        return CompletableFuture.completedStage(Encoded.of(answer.build()));
    }

    private CompletionStage<Encoded> update(byte[] bytes) throws InvalidProtocolBufferException {
        UpdateWorkspaceRequest request = UpdateWorkspaceRequest.parseFrom(bytes);
        WorkspacePath path = WorkspacePath.parse(request.getWorkspace());
        WorkspaceUpdate update = new WorkspaceUpdate(
                request.hasRetention() ? wholeSeconds(request.getRetention()) : null,
                given("retention_bytes", request.hasRetentionBytes(), request.getRetentionBytes()),
                given("object_quota", request.hasObjectQuota(), request.getObjectQuota()),
                given("byte_quota", request.hasByteQuota(), request.getByteQuota()),
                given("subtree_object_quota", request.hasSubtreeObjectQuota(), request.getSubtreeObjectQuota()),
                given("subtree_byte_quota", request.hasSubtreeByteQuota(), request.getSubtreeByteQuota()));
        return engine.updateWorkspace(path, update)
                .thenApply(updated -> Encoded.of(UpdateWorkspaceResponse.newBuilder()
                        .setWorkspace(message(updated))
                        .build()));
    }

    private static @Nullable Long given(String field, boolean isGiven, long value) {
        return isGiven ? (Long) Checks.notNegative(field, value) : null;
    }

    private CompletionStage<Encoded> usage(byte[] bytes) throws InvalidProtocolBufferException {
        GetWorkspaceUsageRequest request = GetWorkspaceUsageRequest.parseFrom(bytes);
        Workspace.Progress progress = engine.workspaces()
                .at(WorkspacePath.parse(request.getWorkspace()))
                .progress();
        Quotas quotas = progress.quotas();
        return CompletableFuture.completedStage(Encoded.of(GetWorkspaceUsageResponse.newBuilder()
                .setObjects(progress.own().objects())
                .setBytes(progress.own().bytes())
                .setObjectQuota(quotas.own().objects())
                .setByteQuota(quotas.own().bytes())
                .setSubtreeObjects(progress.subtree().objects())
                .setSubtreeBytes(progress.subtree().bytes())
                .setSubtreeObjectQuota(quotas.subtree().objects())
                .setSubtreeByteQuota(quotas.subtree().bytes())
                .build()));
    }

    private CompletionStage<Encoded> delete(byte[] bytes) throws InvalidProtocolBufferException {
        DeleteWorkspaceRequest request = DeleteWorkspaceRequest.parseFrom(bytes);
        WorkspaceDeletion how =
                new WorkspaceDeletion(request.hasGrace() ? duration(request.getGrace()) : null, request.getForce());
        UUID requestId = RequestMark.id(request.getRequestId());
        return engine.deleteWorkspace(WorkspacePath.parse(request.getWorkspace()), how, requestId)
                .thenApply(deleted -> Encoded.of(DeleteWorkspaceResponse.newBuilder()
                        .setWorkspace(message(deleted))
                        .build()));
    }

    private CompletionStage<Encoded> undelete(byte[] bytes) throws InvalidProtocolBufferException {
        UndeleteWorkspaceRequest request = UndeleteWorkspaceRequest.parseFrom(bytes);
        return engine.undeleteWorkspace(WorkspacePath.parse(request.getWorkspace()))
                .thenApply(back -> Encoded.of(UndeleteWorkspaceResponse.newBuilder()
                        .setWorkspace(message(back))
                        .build()));
    }

    private static Duration duration(com.google.protobuf.Duration given) {
        if (given.getSeconds() < 0 || given.getNanos() < 0 || given.getNanos() >= NANOS_PER_SECOND) {
            throw Checks.refusal("grace", "must be a duration and not negative, such as 600s");
        }
        return Duration.ofSeconds(given.getSeconds(), given.getNanos());
    }

    private static Duration wholeSeconds(com.google.protobuf.Duration given) {
        if (given.getSeconds() < 0 || given.getNanos() != 0) {
            throw Checks.refusal("retention", "must be whole seconds and not negative, such as 600s");
        }
        return Duration.ofSeconds(given.getSeconds());
    }

    private dev.proreus.v1.Workspace message(Workspace workspace) {
        Retention retention = engine.retention(workspace);
        Quotas quotas = workspace.progress().quotas();
        dev.proreus.v1.Workspace.Builder message = dev.proreus.v1.Workspace.newBuilder()
                .setPath(workspace.path().text())
                .setUid(workspace.uid().toString())
                .setIncarnation(workspace.incarnation().toString())
                .setRevision(workspace.revision())
                .setObjects(workspace.objects())
                .setOldestRevision(workspace.floor())
                .setHistoryBytes(workspace.historyBytes())
                .setRetention(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(retention.age().toSeconds()))
                .setRetentionBytes(retention.bytes())
                .setObjectQuota(quotas.own().objects())
                .setByteQuota(quotas.own().bytes())
                .setSubtreeObjectQuota(quotas.subtree().objects())
                .setSubtreeByteQuota(quotas.subtree().bytes())
                .setCreationTimestamp(timestamp(workspace.created()))
                .setState(State.STATE_ACTIVE);
        Termination termination = engine.workspaces().termination(workspace);
        if (workspace.gone()) {
            message.setState(State.STATE_GONE);
        } else if (termination != null) {
            message.setState(State.STATE_TERMINATING)
                    .setDeletionTimestamp(timestamp(termination.asked()))
                    .setGraceEnd(timestamp(termination.graceEnd()));
        }
        return message.build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
