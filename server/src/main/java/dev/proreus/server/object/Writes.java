package dev.proreus.server.object;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.Incoming;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.server.rpc.raw.RawWriteRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The methods that write. */
final class Writes {
    /** How often a name that the server made up may turn out to be taken before the client hears of it. */
    private static final int GENERATED_NAME_TRIES = 4;

    private final Engine engine;
    private final GeneratedNames names;

    Writes(Engine engine, GeneratedNames names) {
        this.engine = engine;
        this.names = names;
    }

    /** Serves Create, Update, UpdateStatus and Apply. */
    CompletionStage<Encoded> write(Verb verb, byte[] bytes) throws InvalidProtocolBufferException {
        RawWriteRequest request = Incoming.parse(RawWriteRequest.parser(), bytes);
        NotBuiltYet.check(!request.getRequestId().isEmpty(), "request_id");
        NotBuiltYet.check(request.getDryRun(), "dry_run");
        NotBuiltYet.check(verb == Verb.APPLY && !request.getSubresource().isEmpty(), "subresource");
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        GivenObject given = new GivenObject(engine.types(), workspace, verb, request);
        if (given.nameIsGenerated()) {
            return createNamed(given, GENERATED_NAME_TRIES).thenApply(Answers::written);
        }
        return engine.write(given.wish(given.name())).thenApply(Answers::written);
    }

    /** Serves Delete. */
    CompletionStage<Encoded> delete(byte[] bytes) throws InvalidProtocolBufferException {
        DeleteRequest request = DeleteRequest.parseFrom(bytes);
        NotBuiltYet.check(!request.getRequestId().isEmpty(), "request_id");
        NotBuiltYet.check(request.getDryRun(), "dry_run");
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        TypeDefinition type = engine.types().resolve(workspace, request.getType());
        if (type.id() == SystemTypes.WORKSPACES.id()) {
            throw Checks.refusal("type", "workspaces are deleted through WorkspaceService/DeleteWorkspace");
        }
        ObjectWrite wish = new ObjectWrite(
                Verb.DELETE,
                workspace.id(),
                type.id(),
                Checks.objectName(request.getName()),
                null,
                Checks.uid(request.getUid()),
                Checks.notNegative("resource_version", request.getResourceVersion()),
                Checks.fieldManager(request.getFieldManager()),
                false,
                null);
        return engine.write(wish).thenApply(Answers::written);
    }

    private CompletionStage<Written> createNamed(GivenObject given, int tries) {
        return engine.write(given.wish(names.after(given.namePrefix()))).exceptionallyCompose(failure -> {
            if (tries > 1 && isTaken(failure)) {
                return createNamed(given, tries - 1);
            }
            return CompletableFuture.failedStage(failure);
        });
    }

    private static boolean isTaken(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RefusedException refused && refused.reason() == Reason.ALREADY_EXISTS;
    }
}
