package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What the committer's queue takes, and whose turn it is, as far as one thread can see it. */
class TurnsTest {
    private final Turns turns = new Turns(new ReentrantLock());

    @Test
    void boundedIsTheQueueToTheByte() {
        assertThat(turns.offer(entry(Limits.QUEUED_BYTES - 10))).isEqualTo(Turns.Offer.TAKEN);
        assertThat(turns.offer(entry(11))).isEqualTo(Turns.Offer.FULL);
        assertThat(turns.offer(entry(10))).isEqualTo(Turns.Offer.TAKEN);
        assertThat(turns.queuedBytes()).isEqualTo(Limits.QUEUED_BYTES);
        assertThat(turns.offer(entry(1))).isEqualTo(Turns.Offer.FULL);
        turns.poll();
        assertThat(turns.queuedBytes()).isEqualTo(10);
        assertThat(turns.offer(entry(Limits.QUEUED_BYTES - 10))).isEqualTo(Turns.Offer.TAKEN);
    }

    @Test
    void whatIsQueuedIsTakenInItsOrderAndNothingIsTakenOfAnEmptyQueue() {
        Turns.Entry first = entry(1);
        Turns.Entry second = entry(2);
        turns.offer(first);
        turns.offer(second);
        assertThat(turns.poll()).isSameAs(first);
        assertThat(turns.poll()).isSameAs(second);
        assertThat(turns.poll()).isNull();
        assertThat(turns.queuedBytes()).isZero();
    }

    @Test
    void whileABatchIsWrittenTheNextTakesInWhatComesUnlessItIsFull() {
        turns.offer(entry(1));
        assertThat(turns.awaitBuilding()).isTrue();
        turns.poll();
        assertThat(turns.awaitWriting(false)).isEqualTo(Turns.Next.WRITE);
        turns.doneBuilding();
        turns.offer(entry(1));
        assertThat(turns.awaitBuilding()).isTrue();
        assertThat(turns.awaitWriting(false)).isEqualTo(Turns.Next.BUILD);
        turns.doneWriting();
        assertThat(turns.awaitWriting(true))
                .as("it is not written yet that more could be taken in")
                .isEqualTo(Turns.Next.WRITE);
    }

    @Test
    void afterCloseNothingIsTakenAndWhatIsQueuedIsStillBuilt() {
        turns.offer(entry(1));
        turns.close();
        assertThat(turns.offer(entry(1))).isEqualTo(Turns.Offer.CLOSED);
        assertThat(turns.awaitBuilding()).isTrue();
        turns.poll();
        assertThat(turns.awaitWriting(false)).isEqualTo(Turns.Next.WRITE);
        turns.doneBuilding();
        assertThat(turns.awaitBuilding()).isFalse();
    }

    @Test
    void aFailureGivesBackWhatIsQueuedAndEndsAllTurns() {
        Turns.Entry first = entry(1);
        Turns.Entry second = entry(2);
        turns.offer(first);
        turns.offer(second);
        assertThat(turns.fail()).containsExactly(first, second);
        assertThat(turns.fail()).isEmpty();
        assertThat(turns.awaitWriting(true)).isEqualTo(Turns.Next.GIVE_UP);
        assertThat(turns.awaitWriting(false)).isEqualTo(Turns.Next.GIVE_UP);
        assertThat(turns.awaitBuilding()).isFalse();
        assertThat(turns.offer(entry(1))).isEqualTo(Turns.Offer.CLOSED);
    }

    private static Turns.Entry entry(int weight) {
        Command command = new Command.EndWorkspace(1, Instant.EPOCH);
        return new Turns.Entry(command, weight, 0, new Answer<>(new CompletableFuture<>(), Object.class));
    }
}
