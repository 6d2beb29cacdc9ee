package dev.proreus.workspace.engine;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.agent.AgentDirectory;
import dev.proreus.workspace.agent.HealthRule;
import dev.proreus.workspace.read.FlooredReads;
import dev.proreus.workspace.read.PagePosition;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.token.HistoryLine;
import dev.proreus.workspace.token.Seal;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Answers what is asked of single objects and of lists, on the threads that may block on the disk. Thread-safe. */
final class Reads {
    private static final Duration RETRY = Duration.ofMillis(100);

    private final FlooredReads history;
    private final AgentDirectory agents;
    private final Seal seal;
    private final Executor readers;

    /** @param readers runs what blocks; refuses what would wait for too long */
    Reads(FlooredReads history, AgentDirectory agents, Seal seal, Executor readers) {
        this.history = history;
        this.agents = agents;
        this.seal = seal;
        this.readers = readers;
    }

    CompletionStage<ObjectRead> get(Workspace workspace, TypeDefinition type, String name, long atRevision) {
        return run(() -> {
            Names.check(name);
            return at(workspace, atRevision, revision -> {
                ObjectState state = history.state(workspace.id(), type.id(), name, revision);
                if (state == null) {
                    throw notFound(workspace, type, name, atRevision);
                }
                return objectRead(workspace, type, state, revision);
            });
        });
    }

    private static RefusedException notFound(Workspace workspace, TypeDefinition type, String name, long atRevision) {
        String when = atRevision == 0 ? "" : " at revision " + atRevision;
        return RefusedException.because(
                        Reason.OBJECT_NOT_FOUND,
                        "there is no " + type.names().singular() + " named " + name + " in workspace "
                                + workspace.path() + when + ": list them to see those that are")
                .with("workspace", workspace.path())
                .with("type", type.names().full())
                .with("name", name);
    }

    /**
     * Reads at a revision: the one asked for, or where that is 0 the newest, and again where it has fallen below the
     * floor meanwhile.
     */
    private static <R> R at(Workspace workspace, long asked, LongFunction<R> read) {
        if (asked != 0) {
            WatchStarts.checkReached(workspace, asked);
            return read.apply(asked);
        }
        while (true) {
            long newest = workspace.revision();
            try {
                return read.apply(newest);
            } catch (RefusedException e) {
                boolean overtaken = e.reason() == Reason.RESOURCE_VERSION_EXPIRED && workspace.revision() > newest;
                if (!overtaken) {
                    throw e;
                }
            }
        }
    }

    CompletionStage<ObjectPage> list(
            Workspace workspace,
            TypeDefinition type,
            Selector selector,
            long atRevision,
            int pageSize,
            String pageToken) {
        return run(() -> {
            if (pageSize < 0) {
                throw RefusedException.because(
                        Reason.BAD_REQUEST, "page_size is negative: leave it out for the default");
            }
            HistoryLine line = WatchStarts.historyLine(workspace, type);
            String asked = atRevision + " " + selector;
            PagePosition position = pageToken.isEmpty() ? null : PagePosition.open(seal, pageToken, line, asked);
            int max = pageSize == 0 ? Limits.PAGE_OBJECTS : Math.min(pageSize, Limits.PAGE_OBJECTS_MAX);
            String after = position == null ? null : position.afterName();
            return at(workspace, position == null ? atRevision : position.revision(), revision -> {
                SelectedStates states =
                        SelectedStates.read(history, workspace.id(), type.id(), selector, after, revision, max);
                String reached = states.reached();
                String next = reached == null ? "" : new PagePosition(revision, reached).seal(seal, line, asked);
                return new ObjectPage(objectReads(workspace, type, states, revision), revision, next);
            });
        });
    }

    private List<ObjectRead> objectReads(
            Workspace workspace, TypeDefinition type, SelectedStates states, long revision) {
        return states.list().stream()
                .map(state -> objectRead(workspace, type, state, revision))
                .toList();
    }

    private ObjectRead objectRead(Workspace workspace, TypeDefinition type, ObjectState state, long revision) {
        return new ObjectRead(state, HealthRule.derive(state, type, agents, workspace.id()), revision);
    }

    /**
     * Runs what blocks on the disk.
     *
     * @return what it gives, or its refusal; RATE_LIMITED where too much waits already
     */
    <R> CompletionStage<R> run(Supplier<R> work) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        try {
            readers.execute(() -> complete(answer, work));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(RefusedException.because(
                            Reason.RATE_LIMITED, "the server has as many reads queued as it allows: try again")
                    .retryAfter(RETRY));
        }
        return answer;
    }

    private static <R> void complete(CompletableFuture<R> answer, Supplier<R> work) {
        try {
            answer.complete(work.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }
}
