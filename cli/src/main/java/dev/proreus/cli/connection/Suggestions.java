package dev.proreus.cli.connection;

import dev.proreus.cli.failure.Nearest;
import dev.proreus.cli.failure.Refusal;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListTypesRequest;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.ResourceType;
import dev.proreus.v1.TypeServiceGrpc;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Asks the server for the names that there are, to find the one that was meant. Never fails: no answer, no suggestion.
 */
final class Suggestions {
    private static final String ROOT = "root:";
    private static final int NAMES_MAX = 500;
    private static final long SECONDS_MAX = 1;

    private final Channel channel;

    Suggestions(Channel channel) {
        this.channel = channel;
    }

    /** Returns the name that was probably meant, where something was not found. */
    Optional<String> to(Refusal refusal) {
        String workspace = refusal.metadata().getOrDefault("workspace", "");
        String type = refusal.metadata().getOrDefault("type", "");
        String name = refusal.metadata().getOrDefault("name", "");
        try {
            return switch (refusal.reason()) {
                case "WORKSPACE_NOT_FOUND" ->
                    Nearest.to(belowRoot(workspace), workspaces().map(Suggestions::belowRoot))
                            .map(path -> ROOT + path);
                case "TYPE_NOT_FOUND" -> Nearest.to(type, types(workspace));
                case "OBJECT_NOT_FOUND" -> Nearest.to(name, objects(workspace, type));
                default -> Optional.empty();
            };
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns what tells paths apart, so that the top that all have in common does not make them alike. */
    private static String belowRoot(String path) {
        return path.startsWith(ROOT) ? path.substring(ROOT.length()) : path;
    }

    private Stream<String> workspaces() {
        ListWorkspacesRequest all = ListWorkspacesRequest.newBuilder()
                .setRecursive(true)
                .setPageSize(NAMES_MAX)
                .build();
        return WorkspaceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS)
                .listWorkspaces(all)
                .getWorkspacesList()
                .stream()
                .map(Workspace::getPath)
                .filter(path -> path.startsWith(ROOT));
    }

    private Stream<String> types(String workspace) {
        return TypeServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS)
                .listTypes(ListTypesRequest.newBuilder().setWorkspace(workspace).build())
                .getTypesList()
                .stream()
                .flatMap(Suggestions::names);
    }

    private Stream<String> objects(String workspace, String type) {
        ListRequest page = ListRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(type)
                .setPageSize(NAMES_MAX)
                .build();
        return ObjectServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS)
                .list(page)
                .getItemsList()
                .stream()
                .map(item -> item.getObject().getMetadata().getName());
    }

    private static Stream<String> names(ResourceType type) {
        Stream<String> own = Stream.of(type.getPlural(), type.getSingular(), type.getKind(), type.getName());
        return Stream.concat(own, type.getShortNamesList().stream());
    }
}
