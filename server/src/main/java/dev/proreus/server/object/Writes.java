package dev.proreus.server.object;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.Incoming;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.server.rpc.raw.RawBatchRequest;
import dev.proreus.server.rpc.raw.RawWriteRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The methods that write. */
final class Writes {
    private final Engine engine;
    private final Supplier<? extends Executor> loop;

    /** @param loop gives the event loop of the call at hand */
    Writes(Engine engine, Supplier<? extends Executor> loop) {
        this.engine = engine;
        this.loop = loop;
    }

    /** Serves Create, Update, UpdateStatus and Apply. */
    CompletionStage<Encoded> write(Verb verb, byte[] bytes) throws InvalidProtocolBufferException {
        RawWriteRequest request = Incoming.parse(RawWriteRequest.parser(), bytes);
        NotBuiltYet.check(verb == Verb.APPLY && !request.getSubresource().isEmpty(), "subresource");
        Envelope envelope = Envelope.of(request.getRequestId(), request.getDryRun(), request.getFieldManager());
        Asked asked = new Asked(
                verb,
                request.getType(),
                request.getName(),
                request.getObjectList(),
                envelope.manager(),
                request.getForce());
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        GivenObject given = new GivenObject(asked);
        return writeOne(workspace, envelope, () -> given.wish(engine.types(), workspace));
    }

    /** Serves Delete. */
    CompletionStage<Encoded> delete(byte[] bytes) throws InvalidProtocolBufferException {
        DeleteRequest request = DeleteRequest.parseFrom(bytes);
        Envelope envelope = Envelope.of(request.getRequestId(), request.getDryRun(), request.getFieldManager());
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        return writeOne(
                workspace,
                envelope,
                () -> Deletion.wish(
                        engine.types(),
                        workspace,
                        request.getType(),
                        request.getName(),
                        request.getUid(),
                        request.getResourceVersion(),
                        envelope.manager()));
    }

    /** Serves Write. */
    CompletionStage<Encoded> writeAll(byte[] bytes) throws InvalidProtocolBufferException {
        RawBatchRequest request = Incoming.parse(RawBatchRequest.parser(), bytes);
        Envelope envelope = Envelope.of(request.getRequestId(), request.getDryRun(), request.getFieldManager());
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        BatchRequest batch = new BatchRequest(request, envelope.manager());
        return write(workspace, envelope, true, () -> batch.wishes(engine.types(), workspace))
                .thenApply(Answers::written);
    }

    private CompletionStage<Encoded> writeOne(Workspace workspace, Envelope envelope, Supplier<ObjectWrite> wish) {
        return write(workspace, envelope, false, () -> List.of(wish.get()))
                .thenApply(receipt -> Answers.written(receipt.list().get(0)));
    }

    private CompletionStage<Receipt> write(
            Workspace workspace, Envelope envelope, boolean together, Supplier<List<ObjectWrite>> wishes) {
        return Judgements.of(
                () -> engine.write(new ObjectWrites(
                        workspace.id(), wishes.get(), together, envelope.dryRun(), envelope.requestId())),
                loop.get());
    }
}
