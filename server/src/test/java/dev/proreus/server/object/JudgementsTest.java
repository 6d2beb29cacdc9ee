package dev.proreus.server.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often a request is judged whose grounds move. */
class JudgementsTest {
    private final AtomicInteger judged = new AtomicInteger();
    private final AtomicInteger handedToLoop = new AtomicInteger();

    private final Executor loop = step -> {
        handedToLoop.incrementAndGet();
        step.run();
    };

    @Test
    void oneWhoseGroundsMovedIsJudgedAgain() {
        assertThat(Judgements.of(() -> moves(Limits.JUDGEMENTS - 1), loop).toCompletableFuture())
                .isCompletedWithValue("done");
        assertThat(judged).hasValue(Limits.JUDGEMENTS);
    }

    @Test
    void itIsJudgedAgainOnItsLoopAndNotOnTheThreadThatRefusedIt() {
        CompletableFuture<String> done = Judgements.of(() -> moves(2), loop).toCompletableFuture();
        assertThat(done).isCompletedWithValue("done");
        assertThat(handedToLoop).hasValue(2);
    }

    @Test
    void oneWhoseGroundsKeepMovingIsRefused() {
        CompletableFuture<String> never =
                Judgements.of(() -> moves(Limits.JUDGEMENTS), loop).toCompletableFuture();
        assertThat(judged).hasValue(Limits.JUDGEMENTS);
        assertThat(reason(never)).isEqualTo(Reason.CONTENTION);
    }

    @Test
    void anotherRefusalIsNotJudgedAgain() {
        CompletableFuture<String> refused = Judgements.<String>of(
                        () -> {
                            judged.incrementAndGet();
                            return CompletableFuture.failedStage(
                                    RefusedException.because(Reason.ALREADY_EXISTS, "it exists"));
                        },
                        loop)
                .toCompletableFuture();
        assertThat(judged).hasValue(1);
        assertThat(reason(refused)).isEqualTo(Reason.ALREADY_EXISTS);
    }

    private CompletionStage<String> moves(int times) {
        CompletableFuture<String> applied = new CompletableFuture<>();
        CompletionStage<String> answered = applied.thenApply(done -> done);
        if (judged.incrementAndGet() <= times) {
            applied.completeExceptionally(RefusedException.because(Reason.CONTENTION, "it moved"));
        } else {
            applied.complete("done");
        }
        return answered;
    }

    private static Reason reason(CompletableFuture<String> failed) {
        try {
            failed.join();
        } catch (CompletionException e) {
            return ((RefusedException) Judgements.cause(e)).reason();
        }
        throw new AssertionError("it was not refused");
    }
}
