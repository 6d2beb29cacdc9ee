package dev.proreus.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkQueueTest {
    private final WorkQueue<String> queue = new WorkQueue<>();

    @Test
    void aKeyIsQueuedOnceAndGivenToOneWorker() {
        queue.trigger("a");
        queue.trigger("b");
        queue.trigger("a");

        assertThat(queue.take(0)).contains("a");
        queue.trigger("a");
        assertThat(queue.take(0)).contains("b");
        assertThat(queue.take(0)).isEmpty();
        queue.done("a", OptionalLong.empty());
        assertThat(queue.take(0)).contains("a");
        assertThat(queue.taken()).isEqualTo(2);
    }

    @Test
    void aTimeIsWaitedForUnlessATriggerComes() {
        queue.trigger("a");
        queue.take(0);
        queue.done("a", OptionalLong.of(100));

        assertThat(queue.nextDue()).hasValue(100);
        assertThat(queue.take(99)).isEmpty();
        queue.trigger("a");
        assertThat(queue.nextDue()).isEmpty();
        assertThat(queue.take(99)).contains("a");
        queue.done("a", OptionalLong.of(200));
        assertThat(queue.take(200)).contains("a");
    }

    @Test
    void aForgottenKeyDoesNotComeBack() {
        queue.trigger("a");
        queue.forget("a");
        assertThat(queue.take(0)).isEmpty();

        queue.trigger("a");
        queue.take(0);
        queue.trigger("a");
        queue.forget("a");
        queue.done("a", OptionalLong.of(5));
        assertThat(queue.take(10)).isEmpty();
        assertThat(queue.nextDue()).isEmpty();

        queue.trigger("a");
        queue.take(0);
        queue.forget("a");
        queue.trigger("a");
        queue.done("a", OptionalLong.of(5));
        assertThat(queue.take(0)).contains("a");
    }

    /**
     * Whatever happens in whatever order, a key that was wanted is taken, never twice at once, and nothing is left
     * behind.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyTriggerIsFollowedByATake(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<String> wanted = new HashSet<>();
        Set<String> taken = new HashSet<>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            String key = "k" + random.nextInt(10);
            switch (random.nextInt(4)) {
                case 0 -> {
                    queue.trigger(key);
                    wanted.add(key);
                }
                case 1 -> {
                    queue.forget(key);
                    wanted.remove(key);
                }
                case 2 ->
                    queue.take(now).ifPresent(next -> {
                        assertThat(taken.add(next)).as("seed %s", seed).isTrue();
                        wanted.remove(next);
                    });
                default -> {
                    if (taken.remove(key)) {
                        queue.done(key, random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(now + 3));
                    }
                }
            }
            now++;
            assertThat(queue.taken()).as("seed %s", seed).isEqualTo(taken.size());
        }
        taken.forEach(key -> queue.done(key, OptionalLong.empty()));
        for (var next = queue.take(Long.MAX_VALUE); next.isPresent(); next = queue.take(Long.MAX_VALUE)) {
            wanted.remove(next.get());
            queue.done(next.get(), OptionalLong.empty());
        }
        assertThat(wanted).as("seed %s", seed).isEmpty();
        assertThat(queue.hasReady()).isFalse();
        assertThat(queue.nextDue()).isEmpty();
    }
}
