package dev.proreus.cli.testing;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.proreus.cli.connection.Channels;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.ApplyResponse;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.CreateWorkspaceResponse;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteResponse;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.DeleteWorkspaceResponse;
import dev.proreus.v1.Derived;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.GetWorkspaceUsageRequest;
import dev.proreus.v1.GetWorkspaceUsageResponse;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.ListTypesRequest;
import dev.proreus.v1.ListTypesResponse;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.ListWorkspacesResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.PrintColumn;
import dev.proreus.v1.ResolveTypeRequest;
import dev.proreus.v1.ResolveTypeResponse;
import dev.proreus.v1.ResourceType;
import dev.proreus.v1.TypeServiceGrpc;
import dev.proreus.v1.UpdateWorkspaceRequest;
import dev.proreus.v1.UpdateWorkspaceResponse;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.v1.WriteOutcome;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A server of the public API in this process, just true enough for a client's tests: objects by workspace and name,
 * whatever their type; one revision for all; watches that are fed at once. It can stop, start again with what it held,
 * and refuse the next call. Thread-safe by one lock.
 */
public final class ScriptedServer implements AutoCloseable {
    /** The type that it knows. */
    public static final ResourceType ROBOTS = ResourceType.newBuilder()
            .setName("robots.fleet.example.com")
            .setGroup("fleet.example.com")
            .setPlural("robots")
            .setSingular("robot")
            .setKind("Robot")
            .addShortNames("rb")
            .addPrintColumns(PrintColumn.newBuilder().setName("Target").setPath("spec.target"))
            .addPrintColumns(PrintColumn.newBuilder().setName("Position").setPath("status.position"))
            .setAssignmentField("spec.agent")
            .build();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String address = "scripted-" + NUMBER.incrementAndGet();
    private final Map<String, Object> objects = new TreeMap<>();
    private final Map<String, String> managers = new TreeMap<>();
    private final Map<String, Workspace> workspaces = new TreeMap<>();
    private final List<Watching> watching = new ArrayList<>();
    private final List<WatchRequest> watchRequests = new ArrayList<>();
    private final Map<String, CountDownLatch> awaited = new TreeMap<>();
    private final List<ApplyRequest> applied = new ArrayList<>();
    private Derived derived = Derived.getDefaultInstance();
    private ResourceType type = ROBOTS;
    private long revision;
    private int pageSize = 500;
    private BiConsumer<String, Object> whenApplied = (workspace, object) -> {};
    private @Nullable StatusRuntimeException refusal;
    private @Nullable Server server;

    public ScriptedServer() {
        workspaces.put("root", Workspace.newBuilder().setPath("root").build());
    }

    /** Starts it, or starts it again with what it held. */
    public synchronized ScriptedServer start() {
        HealthStatusManager health = new HealthStatusManager();
        try {
            server = InProcessServerBuilder.forName(address)
                    .directExecutor()
                    .addService(new Objects())
                    .addService(new Types())
                    .addService(new Workspaces())
                    .addService(health.getHealthService())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Ends it and all its streams, as when its process dies. */
    public void stop() {
        Server running;
        synchronized (this) {
            running = server;
            server = null;
            watching.clear();
        }
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Returns the way to it, whatever address is asked for. */
    public Channels channels() {
        return endpoint -> channel();
    }

    /** Returns a channel to it. */
    public ManagedChannel channel() {
        return InProcessChannelBuilder.forName(address).directExecutor().build();
    }

    /** Makes a workspace exist. */
    public synchronized void workspace(String path) {
        workspaces.put(path, Workspace.newBuilder().setPath(path).build());
    }

    /** Refuses the next call of an object with this. */
    public synchronized void refuseNext(StatusRuntimeException answer) {
        refusal = answer;
    }

    /** Says of every object read that this is derived from it. */
    public synchronized void derive(Derived said) {
        derived = said;
    }

    /** Gives the type one column instead of those that it has. */
    public synchronized void columns(String name, String path) {
        type = ROBOTS.toBuilder()
                .clearPrintColumns()
                .addPrintColumns(PrintColumn.newBuilder().setName(name).setPath(path))
                .build();
    }

    /** Answers lists in pages of so many. */
    public synchronized void pages(int size) {
        pageSize = size;
    }

    /** Does something whenever an object was applied with a change, told its workspace, such as what an agent would. */
    public synchronized void whenApplied(BiConsumer<String, Object> agent) {
        whenApplied = agent;
    }

    /** Stores an object as it is, at the next revision, which its watches are told. */
    public synchronized Object put(String workspace, Object object) {
        boolean before = objects.containsKey(key(workspace, object.getMetadata().getName()));
        revision++;
        Object.Builder stored = object.toBuilder();
        stored.getMetadataBuilder().setResourceVersion(revision);
        if (stored.getMetadata().getUid().isEmpty()) {
            stored.getMetadataBuilder().setUid("uid-" + revision);
        }
        objects.put(key(workspace, object.getMetadata().getName()), stored.build());
        WatchEvent.Builder event = WatchEvent.newBuilder().setRevision(revision);
        tell(workspace, before ? event.setModified(stored) : event.setAdded(stored));
        return stored.build();
    }

    /** Deletes an object, which its watches are told. */
    public synchronized Optional<Object> delete(String workspace, String name) {
        Object gone = objects.remove(key(workspace, name));
        if (gone != null) {
            revision++;
            tell(workspace, WatchEvent.newBuilder().setRevision(revision).setDeleted(gone));
        }
        return Optional.ofNullable(gone);
    }

    public synchronized Optional<Object> find(String workspace, String name) {
        return Optional.ofNullable(objects.get(key(workspace, name)));
    }

    /** Returns how each watch asked to start. */
    public synchronized List<WatchRequest> watchRequests() {
        return List.copyOf(watchRequests);
    }

    /** Returns what is counted down when the next watch of a type starts. */
    public synchronized CountDownLatch nextWatch(String type) {
        CountDownLatch latch = new CountDownLatch(1);
        awaited.put(type, latch);
        return latch;
    }

    /** Returns what was applied, in order. */
    public synchronized List<ApplyRequest> applied() {
        return List.copyOf(applied);
    }

    /** Ends all watches with an error. */
    public synchronized void endWatches(StatusRuntimeException answer) {
        List<Watching> ended = List.copyOf(watching);
        watching.clear();
        ended.forEach(each -> each.observer().onError(answer));
    }

    /** Returns a refusal with its reason. */
    public static StatusRuntimeException refusal(Status.Code code, String reason, String message) {
        return refusal(code, ErrorInfo.newBuilder().setReason(reason).build(), message);
    }

    /** Returns a refusal with its reason and metadata, and violations as pairs of field and description. */
    public static StatusRuntimeException refusal(
            Status.Code code, ErrorInfo info, String message, String... violations) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage(message)
                .addDetails(Any.pack(info.toBuilder().setDomain("proreus.dev").build()));
        BadRequest.Builder bad = BadRequest.newBuilder();
        for (int i = 0; i < violations.length; i += 2) {
            bad.addFieldViolationsBuilder().setField(violations[i]).setDescription(violations[i + 1]);
        }
        if (violations.length > 0) {
            status.addDetails(Any.pack(bad.build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    private void tell(String workspace, WatchEvent.Builder event) {
        for (Watching each : watching) {
            if (each.request().getWorkspace().equals(workspace) && !isAboutAgents(each.request())) {
                each.observer()
                        .onNext(WatchResponse.newBuilder().addEvents(event).build());
            }
        }
    }

    private static boolean isAboutAgents(WatchRequest request) {
        return request.getType().startsWith("agents");
    }

    private static String key(String workspace, String name) {
        return workspace + " " + name;
    }

    private List<Object> in(String workspace) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(workspace + " "))
                .map(Map.Entry::getValue)
                .toList();
    }

    private ListItem item(Object object) {
        return ListItem.newBuilder().setObject(object).setDerived(derived).build();
    }

    /** Answers a call under the lock, or with the refusal that is due. */
    private synchronized <A> void answer(StreamObserver<A> observer, Answer<A> answer) {
        StatusRuntimeException due = refusal;
        refusal = null;
        try {
            if (due != null) {
                throw due;
            }
            observer.onNext(answer.give());
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }

    private StatusRuntimeException notFound(String workspace, String type, String name) {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setReason("OBJECT_NOT_FOUND")
                .putMetadata("workspace", workspace)
                .putMetadata("type", type)
                .putMetadata("name", name)
                .build();
        return refusal(Status.Code.NOT_FOUND, info, type + " '" + name + "' was not found in " + workspace);
    }

    private interface Answer<A> {
        A give();
    }

    private record Watching(WatchRequest request, StreamObserver<WatchResponse> observer) {}

    private final class Objects extends ObjectServiceGrpc.ObjectServiceImplBase {
        @Override
        public void get(GetRequest request, StreamObserver<GetResponse> observer) {
            answer(observer, () -> {
                Object found = find(request.getWorkspace(), request.getName())
                        .orElseThrow(() -> notFound(request.getWorkspace(), request.getType(), request.getName()));
                return GetResponse.newBuilder()
                        .setObject(found)
                        .setDerived(derived)
                        .setRevision(revision)
                        .setIncarnation("first")
                        .build();
            });
        }

        @Override
        public void list(ListRequest request, StreamObserver<ListResponse> observer) {
            answer(observer, () -> {
                List<Object> all = in(request.getWorkspace());
                int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
                int to = Math.min(all.size(), from + pageSize);
                ListResponse.Builder page = ListResponse.newBuilder()
                        .setRevision(revision)
                        .setIncarnation("first")
                        .setNextPageToken(to < all.size() ? Integer.toString(to) : "");
                all.subList(from, to).forEach(object -> page.addItems(item(object)));
                return page.build();
            });
        }

        @Override
        public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
            synchronized (ScriptedServer.this) {
                watchRequests.add(request);
                watching.add(new Watching(request, observer));
                WatchResponse.Builder response = WatchResponse.newBuilder();
                boolean anew = request.getStartCase() == WatchRequest.StartCase.START_NOT_SET;
                for (Object object : isAboutAgents(request) ? List.<Object>of() : in(request.getWorkspace())) {
                    long version = object.getMetadata().getResourceVersion();
                    if (anew || version > request.getAfterRevision()) {
                        WatchEvent.Builder event = WatchEvent.newBuilder().setRevision(version);
                        response.addEvents(anew ? event.setAdded(object) : event.setModified(object));
                    }
                }
                Bookmark.Builder bookmark =
                        Bookmark.newBuilder().setRevision(revision).setIncarnation("first");
                observer.onNext(
                        response.setBookmark(bookmark.setInitialDone(anew)).build());
                Optional.ofNullable(awaited.remove(request.getType())).ifPresent(CountDownLatch::countDown);
            }
        }

        @Override
        public void apply(ApplyRequest request, StreamObserver<ApplyResponse> observer) {
            answer(observer, () -> {
                applied.add(request);
                Object wanted = request.getObject();
                String name = wanted.getMetadata().getName();
                Optional<Object> before = find(request.getWorkspace(), name);
                String manager = managers.getOrDefault(key(request.getWorkspace(), name), request.getFieldManager());
                if (!manager.equals(request.getFieldManager()) && !request.getForce()) {
                    throw refusal(Status.Code.FAILED_PRECONDITION, "FIELD_CONFLICT", manager + " applied it last");
                }
                managers.put(key(request.getWorkspace(), name), request.getFieldManager());
                boolean same = before.map(Object::getSpec)
                        .filter(wanted.getSpec()::equals)
                        .isPresent();
                Object.Builder next = before.orElse(wanted).toBuilder().setSpec(wanted.getSpec());
                next.setKind(wanted.getKind().isEmpty() ? ROBOTS.getKind() : wanted.getKind());
                next.getMetadataBuilder().setGeneration(next.getMetadata().getGeneration() + (same ? 0 : 1));
                Object stored = same ? next.build() : put(request.getWorkspace(), next.build());
                if (!same) {
                    whenApplied.accept(request.getWorkspace(), stored);
                }
                return ApplyResponse.newBuilder()
                        .setObject(stored)
                        .setOutcome(
                                same
                                        ? WriteOutcome.WRITE_OUTCOME_UNCHANGED
                                        : before.isPresent()
                                                ? WriteOutcome.WRITE_OUTCOME_UPDATED
                                                : WriteOutcome.WRITE_OUTCOME_CREATED)
                        .build();
            });
        }

        @Override
        public void delete(DeleteRequest request, StreamObserver<DeleteResponse> observer) {
            answer(observer, () -> {
                Object gone = ScriptedServer.this
                        .delete(request.getWorkspace(), request.getName())
                        .orElseThrow(() -> notFound(request.getWorkspace(), request.getType(), request.getName()));
                return DeleteResponse.newBuilder()
                        .setObject(gone)
                        .setOutcome(WriteOutcome.WRITE_OUTCOME_DELETED)
                        .build();
            });
        }
    }

    private final class Types extends TypeServiceGrpc.TypeServiceImplBase {
        @Override
        public void listTypes(ListTypesRequest request, StreamObserver<ListTypesResponse> observer) {
            answer(
                    observer,
                    () -> ListTypesResponse.newBuilder().addTypes(ROBOTS).build());
        }

        @Override
        public void resolveType(ResolveTypeRequest request, StreamObserver<ResolveTypeResponse> observer) {
            answer(observer, () -> {
                if (!List.of("robots", "robot", "rb").contains(request.getType())) {
                    ErrorInfo info = ErrorInfo.newBuilder()
                            .setReason("TYPE_NOT_FOUND")
                            .putMetadata("workspace", request.getWorkspace())
                            .putMetadata("type", request.getType())
                            .build();
                    throw refusal(Status.Code.NOT_FOUND, info, "no type '" + request.getType() + "'");
                }
                return ResolveTypeResponse.newBuilder().setType(type).build();
            });
        }
    }

    private final class Workspaces extends WorkspaceServiceGrpc.WorkspaceServiceImplBase {
        @Override
        public void createWorkspace(CreateWorkspaceRequest request, StreamObserver<CreateWorkspaceResponse> observer) {
            answer(observer, () -> {
                if (workspaces.containsKey(request.getWorkspace())) {
                    throw refusal(
                            Status.Code.ALREADY_EXISTS, "ALREADY_EXISTS", request.getWorkspace() + " exists already");
                }
                workspace(request.getWorkspace());
                return CreateWorkspaceResponse.getDefaultInstance();
            });
        }

        @Override
        public void updateWorkspace(UpdateWorkspaceRequest request, StreamObserver<UpdateWorkspaceResponse> observer) {
            answer(
                    observer,
                    () -> UpdateWorkspaceResponse.newBuilder()
                            .setWorkspace(Workspace.newBuilder()
                                    .setPath(request.getWorkspace())
                                    .setRetention(request.getRetention())
                                    .setRetentionBytes(request.getRetentionBytes())
                                    .setObjectQuota(request.getObjectQuota())
                                    .setByteQuota(request.getByteQuota())
                                    .setSubtreeObjectQuota(request.getSubtreeObjectQuota())
                                    .setSubtreeByteQuota(request.getSubtreeByteQuota()))
                            .build());
        }

        @Override
        public void getWorkspaceUsage(
                GetWorkspaceUsageRequest request, StreamObserver<GetWorkspaceUsageResponse> observer) {
            answer(
                    observer,
                    () -> GetWorkspaceUsageResponse.newBuilder()
                            .setObjects(2)
                            .setBytes(300)
                            .setObjectQuota(10)
                            .setSubtreeObjects(7)
                            .setSubtreeBytes(900)
                            .setSubtreeByteQuota(1_000)
                            .build());
        }

        @Override
        public void listWorkspaces(ListWorkspacesRequest request, StreamObserver<ListWorkspacesResponse> observer) {
            answer(observer, () -> {
                List<Workspace> all = workspaces.values().stream()
                        .filter(each -> request.getRecursive() || each.getPath().matches("root:[^:]*"))
                        .toList();
                int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
                int to = Math.min(all.size(), from + pageSize);
                return ListWorkspacesResponse.newBuilder()
                        .addAllWorkspaces(all.subList(from, to))
                        .setNextPageToken(to < all.size() ? Integer.toString(to) : "")
                        .build();
            });
        }

        @Override
        public void deleteWorkspace(DeleteWorkspaceRequest request, StreamObserver<DeleteWorkspaceResponse> observer) {
            answer(observer, () -> {
                if (workspaces.remove(request.getWorkspace()) == null) {
                    throw refusal(
                            Status.Code.NOT_FOUND, "WORKSPACE_NOT_FOUND", request.getWorkspace() + " does not exist");
                }
                return DeleteWorkspaceResponse.getDefaultInstance();
            });
        }
    }
}
