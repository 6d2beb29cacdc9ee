package dev.proreus.server.object;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.View;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.concurrent.CompletionStage;

/** The methods that read once. */
final class Reads {
    private final Engine engine;

    Reads(Engine engine) {
        this.engine = engine;
    }

    CompletionStage<Encoded> get(byte[] bytes) throws InvalidProtocolBufferException {
        GetRequest request = GetRequest.parseFrom(bytes);
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        TypeDefinition type = engine.types().resolve(workspace, request.getType());
        String name = Checks.objectName(request.getName());
        checkView(request.getView(), request.getViewValue());
        long atRevision = Checks.notNegative("at_revision", request.getAtRevision());
        return engine.get(workspace, type, name, atRevision).thenApply(read -> Answers.get(workspace, read));
    }

    CompletionStage<Encoded> list(byte[] bytes) throws InvalidProtocolBufferException {
        ListRequest request = ListRequest.parseFrom(bytes);
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        TypeDefinition type = engine.types().resolve(workspace, request.getType());
        int pageSize = (int) Checks.notNegative("page_size", request.getPageSize());
        Selector selector = Checks.selector(type, request.getLabelSelector(), request.getFieldSelector());
        checkView(request.getView(), request.getViewValue());
        long atRevision = Checks.notNegative("at_revision", request.getAtRevision());
        return engine.list(workspace, type, selector, atRevision, pageSize, request.getPageToken())
                .thenApply(page -> Answers.list(workspace, page));
    }

    private static void checkView(View view, int number) {
        boolean built = Checks.known("view", view, number) == View.VIEW_UNSPECIFIED || view == View.VIEW_BASIC;
        NotBuiltYet.check(!built, "a view other than VIEW_BASIC");
    }
}
