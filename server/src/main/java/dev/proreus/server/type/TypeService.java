package dev.proreus.server.type;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.Edge;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.Service;
import dev.proreus.v1.ListTypesRequest;
import dev.proreus.v1.ListTypesResponse;
import dev.proreus.v1.PrintColumn;
import dev.proreus.v1.ResolveTypeRequest;
import dev.proreus.v1.ResolveTypeResponse;
import dev.proreus.v1.ResourceType;
import dev.proreus.v1.TypeVersion;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.type.TypeNames;
import io.grpc.ServerServiceDefinition;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Serves {@code proreus.v1.TypeService}. Types are few and in memory, so its answers are plain generated messages. */
public final class TypeService implements Service {
    private final Engine engine;

    /** Makes the service. */
    public TypeService(Engine engine) {
        this.engine = engine;
    }

    @Override
    public ServerServiceDefinition bind(Edge edge) {
        return edge.service("proreus.v1.TypeService")
                .unary("ListTypes", this::list)
                .unary("ResolveType", this::resolve)
                .build();
    }

    private CompletionStage<Encoded> list(byte[] bytes) throws InvalidProtocolBufferException {
        ListTypesRequest request = ListTypesRequest.parseFrom(bytes);
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        Collection<TypeDefinition> visible = engine.types().visibleIn(workspace);
        boolean withSchemas = schemaChars(visible) <= Limits.PAGE_BYTES / UTF8_BYTES_MAX;
        ListTypesResponse.Builder answer = ListTypesResponse.newBuilder();
        visible.forEach(type -> answer.addTypes(message(type, withSchemas)));
        return CompletableFuture.completedStage(Encoded.of(answer.build()));
    }

    private CompletionStage<Encoded> resolve(byte[] bytes) throws InvalidProtocolBufferException {
        ResolveTypeRequest request = ResolveTypeRequest.parseFrom(bytes);
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        TypeDefinition type = engine.types().resolve(workspace, request.getType());
        return CompletableFuture.completedStage(Encoded.of(
                ResolveTypeResponse.newBuilder().setType(message(type, true)).build()));
    }

    private static long schemaChars(Collection<TypeDefinition> types) {
        return types.stream()
                .flatMap(type -> type.versions().stream())
                .mapToLong(version -> version.schema().length())
                .sum();
    }

    private static ResourceType message(TypeDefinition type, boolean withSchema) {
        TypeNames names = type.names();
        ResourceType.Builder answer = ResourceType.newBuilder()
                .setName(names.full())
                .setGroup(names.group())
                .setPlural(names.plural())
                .setSingular(names.singular())
                .setKind(names.kind())
                .addAllShortNames(names.shortNames())
                .addAllSelectableFields(type.fields().selectable())
                .setAssignmentField(type.assignmentField())
                .setInherit(type.inherit())
                .setDefinedIn(type.definedInPath())
                .setUid(type.uid().toString())
                .setSystem(type.system());
        type.versions()
                .forEach(version -> answer.addVersions(TypeVersion.newBuilder()
                        .setName(version.name())
                        .setSchema(withSchema ? version.schema() : "")));
        type.columns()
                .forEach(column -> answer.addPrintColumns(
                        PrintColumn.newBuilder().setName(column.name()).setPath(column.path())));
        return answer.build();
    }

    /** Bytes that one character of a Java string takes at most in UTF-8. */
    private static final int UTF8_BYTES_MAX = 3;
}
