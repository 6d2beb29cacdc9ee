package dev.proreus.server.object;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Judges a request again where what it was judged under has moved before it was applied. The refusal that says so comes
 * after what moved is published, so that the next judgement sees it.
 */
final class Judgements {
    private Judgements() {}

    /**
     * Returns what a request comes to.
     *
     * @param judgement judges it and hands it to the engine; called up to {@link Limits#JUDGEMENTS} times
     * @param loop the call's event loop, on which it is judged again: the thread that refuses it is the engine's
     */
    static <R> CompletionStage<R> of(Supplier<CompletionStage<R>> judgement, Executor loop) {
        return judge(judgement, loop, Limits.JUDGEMENTS);
    }

    private static <R> CompletionStage<R> judge(Supplier<CompletionStage<R>> judgement, Executor loop, int left) {
        return judgement
                .get()
                .exceptionallyComposeAsync(
                        failure -> left > 1 && hasMoved(failure)
                                ? judge(judgement, loop, left - 1)
                                : CompletableFuture.failedStage(cause(failure)),
                        loop);
    }

    private static boolean hasMoved(Throwable failure) {
        return cause(failure) instanceof RefusedException refused && refused.reason() == Reason.CONTENTION;
    }

    /** Returns what a stage failed with, without the wrapping of stages that hang on it. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
