package dev.proreus.workspace.engine;

import dev.proreus.workspace.commit.Command;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.deletion.Endings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the committer for what deletions want. */
final class CommittedEndings implements Endings {
    private final Function<Command, CompletionStage<?>> committer;
    private final Supplier<Instant> now;

    CommittedEndings(Function<Command, CompletionStage<?>> committer, Supplier<Instant> now) {
        this.committer = committer;
        this.now = now;
    }

    @Override
    public CompletionStage<?> end(long workspaceId) {
        return committer.apply(new Command.EndWorkspace(workspaceId, now.get()));
    }

    @Override
    public CompletionStage<?> delete(long workspaceId, int typeId, String name, UUID uid) {
        ObjectWrite wish = new ObjectWrite(
                ObjectWrite.Verb.DELETE,
                workspaceId,
                typeId,
                0,
                name,
                null,
                uid.toString(),
                0,
                ObjectWrite.SERVER,
                false,
                null);
        return committer.apply(
                new Command.EndObject(Command.WriteObjects.of(ObjectWrites.of(wish), List.of(uid), now.get())));
    }
}
