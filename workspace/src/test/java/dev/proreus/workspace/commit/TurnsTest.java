package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What the committer's queue takes, and whose turn it is, as far as one thread can see it. */
class TurnsTest {
    private final CountingLock lock = new CountingLock();
    private final Turns turns = new Turns(lock, Overlap.WHERE_WORTH_IT);

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
        offerMany();
        assertThat(turns.awaitBuilding()).isTrue();
        assertThat(turns.awaitWriting(false)).isEqualTo(Turns.Next.BUILD);
        turns.doneWriting();
        assertThat(turns.awaitWriting(true))
                .as("it is not written yet that more could be taken in")
                .isEqualTo(Turns.Next.WRITE);
    }

    @Test
    void whileABatchIsWrittenNobodyIsWokenForLittle() {
        turns.offer(entry(1));
        assertThat(lock.signals).as("nobody is at work").isEqualTo(1);
        turns.awaitBuilding();
        turns.poll();
        turns.awaitWriting(false);
        for (int i = 1; i < Overlap.WHERE_WORTH_IT.commands(); i++) {
            turns.offer(entry(1));
        }
        turns.doneBuilding();
        assertThat(lock.signals).as("few commands").isEqualTo(1);
        turns.offer(entry(1));
        assertThat(lock.signals).as("many commands").isEqualTo(2);
    }

    @Test
    void whileABatchIsWrittenABuilderIsWokenForOneCommandThatHoldsMuch() {
        turns.offer(entry(1));
        turns.awaitBuilding();
        turns.poll();
        turns.awaitWriting(false);
        turns.doneBuilding();
        turns.offer(entry(Overlap.WHERE_WORTH_IT.bytes() - 1));
        assertThat(lock.signals).isEqualTo(1);
        turns.offer(entry(1));
        assertThat(lock.signals).isEqualTo(2);
    }

    @Test
    void whoHasWrittenBuildsOfTheFewThatCameMeanwhile() {
        turns.offer(entry(1));
        turns.awaitBuilding();
        turns.poll();
        turns.awaitWriting(false);
        turns.doneBuilding();
        Turns.Entry meanwhile = entry(1);
        turns.offer(meanwhile);
        turns.doneWriting();
        assertThat(turns.awaitBuilding()).isTrue();
        assertThat(turns.poll()).isSameAs(meanwhile);
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

    private void offerMany() {
        for (int i = 0; i < Overlap.WHERE_WORTH_IT.commands(); i++) {
            turns.offer(entry(1));
        }
    }

    private static Turns.Entry entry(int weight) {
        Command command = new Command.EndWorkspace(1, Instant.EPOCH);
        return new Turns.Entry(command, weight, 0, new Answer<>(new CompletableFuture<>(), Object.class));
    }

    /** Counts how often one who may wait at it is woken. */
    private static final class CountingLock extends ReentrantLock {
        private static final long serialVersionUID = 1;

        private int signals;

        @Override
        public Condition newCondition() {
            Condition real = super.newCondition();
            return (Condition) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Condition.class}, (proxy, method, arguments) -> {
                        signals += method.getName().equals("signal") ? 1 : 0;
                        return method.invoke(real, arguments);
                    });
        }
    }
}
