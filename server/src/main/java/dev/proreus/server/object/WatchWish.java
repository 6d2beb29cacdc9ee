package dev.proreus.server.object;

import dev.proreus.server.rpc.Checks;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.token.HistoryLine;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMode;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.UUID;

/**
 * A plain watch that is asked for, well-formed.
 *
 * @param workspace the workspace, or the one at the top of the subtree
 * @param type the resource type, as it resolves there
 * @param subtree whether everything below is watched as well
 * @param filter which objects
 * @param wanted the same as text, which resume tokens are bound to
 * @param request everything else
 */
record WatchWish(
        Workspace workspace,
        TypeDefinition type,
        boolean subtree,
        WatchFilter filter,
        String wanted,
        WatchRequest request) {
    /** Reads a request, or refuses it. */
    static WatchWish read(Engine engine, WatchRequest request) {
        DeliveryMode unused = Checks.known("mode", request.getMode(), request.getModeValue());
        dev.proreus.v1.Scope scope = Checks.known("scope", request.getScope(), request.getScopeValue());
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        checkIncarnation(workspace, request.getIncarnation());
        TypeDefinition type = engine.types().resolve(workspace, request.getType());
        String name = request.getName();
        Selector both = Checks.selector(type, request.getLabelSelector(), request.getFieldSelector());
        Selector selector = name.isEmpty() ? both : both.and(Selector.ofName(Checks.objectName(name)));
        boolean subtree = scope == dev.proreus.v1.Scope.SCOPE_SUBTREE;
        return new WatchWish(workspace, type, subtree, Engine.selected(selector), selector.toString(), request);
    }

    /** Returns what to ask the engine for; refuses a position that is none. */
    WatchSpec spec(Engine engine) {
        return new WatchSpec(
                subtree ? new Scope.Subtree(workspace.id()) : new Scope.OneWorkspace(workspace.id()),
                type.id(),
                () -> filter,
                start(engine),
                request.getMode() == DeliveryMode.DELIVERY_MODE_LATEST ? WatchMode.LATEST : WatchMode.EVERY,
                request.getPrevious(),
                false,
                0);
    }

    /** Returns the bookmark of a position. */
    Bookmark bookmark(Engine engine, long position, boolean initialDone) {
        Bookmark.Builder bookmark = Bookmark.newBuilder()
                .setInitialDone(initialDone)
                .setIncarnation(workspace.incarnation().toString());
        return subtree
                ? bookmark.setResumeToken(engine.resumeToken(workspace, type, wanted, position))
                        .build()
                : bookmark.setRevision(position).build();
    }

    private static void checkIncarnation(Workspace workspace, String given) {
        UUID current = workspace.incarnation();
        if (!given.isEmpty() && !given.equals(current.toString())) {
            throw HistoryLine.changed(workspace.path().text(), current);
        }
    }

    private WatchStart start(Engine engine) {
        return switch (request.getStartCase()) {
            case START_NOT_SET -> new WatchStart.InitialState();
            case NOW -> new WatchStart.Now();
            case AFTER_REVISION -> {
                if (subtree) {
                    throw Checks.refusal(
                            "after_revision",
                            "is a position in one workspace; a watch over a subtree goes on from the resume_token of a"
                                    + " bookmark");
                }
                yield engine.after(workspace, Checks.notNegative("after_revision", request.getAfterRevision()));
            }
            case RESUME_TOKEN -> {
                if (!subtree) {
                    throw Checks.refusal(
                            "resume_token",
                            "is a position in a subtree; a watch of one workspace goes on from the revision of an event"
                                    + " or a bookmark, by after_revision");
                }
                yield engine.resume(workspace, type, wanted, request.getResumeToken());
            }
        };
    }
}
