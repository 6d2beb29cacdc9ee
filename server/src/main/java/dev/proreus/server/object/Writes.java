package dev.proreus.server.object;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.Incoming;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.server.rpc.raw.RawBatchRequest;
import dev.proreus.server.rpc.raw.RawWriteRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The methods that write. */
final class Writes {
    private final Engine engine;

    Writes(Engine engine) {
        this.engine = engine;
    }

    /** Serves Create, Update, UpdateStatus and Apply. */
    CompletionStage<Encoded> write(Verb verb, byte[] bytes) throws InvalidProtocolBufferException {
        RawWriteRequest request = Incoming.parse(RawWriteRequest.parser(), bytes);
        NotBuiltYet.check(!request.getRequestId().isEmpty(), "request_id");
        NotBuiltYet.check(request.getDryRun(), "dry_run");
        NotBuiltYet.check(verb == Verb.APPLY && !request.getSubresource().isEmpty(), "subresource");
        Asked asked = new Asked(
                verb,
                request.getType(),
                request.getName(),
                request.getObjectList(),
                Checks.fieldManager(request.getFieldManager()),
                request.getForce());
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        return engine.write(new GivenObject(engine.types(), workspace, asked).wish())
                .thenApply(Answers::written);
    }

    /** Serves Delete. */
    CompletionStage<Encoded> delete(byte[] bytes) throws InvalidProtocolBufferException {
        DeleteRequest request = DeleteRequest.parseFrom(bytes);
        NotBuiltYet.check(!request.getRequestId().isEmpty(), "request_id");
        NotBuiltYet.check(request.getDryRun(), "dry_run");
        String manager = Checks.fieldManager(request.getFieldManager());
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        return engine.write(Deletion.wish(
                        engine.types(),
                        workspace,
                        request.getType(),
                        request.getName(),
                        request.getUid(),
                        request.getResourceVersion(),
                        manager))
                .thenApply(Answers::written);
    }

    /** Serves Write. */
    CompletionStage<Encoded> writeAll(byte[] bytes) throws InvalidProtocolBufferException {
        RawBatchRequest request = Incoming.parse(RawBatchRequest.parser(), bytes);
        NotBuiltYet.check(!request.getRequestId().isEmpty(), "request_id");
        NotBuiltYet.check(request.getDryRun(), "dry_run");
        BatchRequest batch = new BatchRequest(request);
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        return engine.write(batch.wishes(engine.types(), workspace))
                .thenApply(Answers::written)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(located(batch, failure)));
    }

    private static Throwable located(BatchRequest batch, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RefusedException refused ? batch.located(refused) : cause;
    }
}
