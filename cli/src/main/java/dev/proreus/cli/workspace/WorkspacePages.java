package dev.proreus.cli.workspace;

import dev.proreus.cli.connection.Connection;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.ListWorkspacesResponse;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.util.List;
import java.util.function.Consumer;

/** Reads lists of workspaces page by page. */
final class WorkspacePages {

    private WorkspacePages() {}

    /** Tells each page of the list that the request asks for. */
    static void read(Connection connection, ListWorkspacesRequest request, Consumer<List<Workspace>> page) {
        ListWorkspacesResponse last = ListWorkspacesResponse.getDefaultInstance();
        do {
            ListWorkspacesRequest next =
                    request.toBuilder().setPageToken(last.getNextPageToken()).build();
            last = connection.call(WorkspaceServiceGrpc.getListWorkspacesMethod(), next);
            page.accept(last.getWorkspacesList());
        } while (!last.getNextPageToken().isEmpty());
    }
}
