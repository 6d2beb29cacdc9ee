package dev.proreus.cli.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.cli.testing.HandLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopTest {

    @Test
    void backoffStartsAtOnceAndDoublesToItsBound() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3));

        assertThat(List.of(backoff.next(), backoff.next(), backoff.next(), backoff.next(), backoff.next()))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3));
        backoff.reset();
        assertThat(backoff.next()).isZero();
    }

    @Test
    void aPaceDoesAtMostOneThingInAnInterval() {
        HandLoop hand = new HandLoop();
        AtomicLong done = new AtomicLong();
        Pace pace = new Pace(hand, Duration.ofMillis(100), done::incrementAndGet);

        pace.ask();
        pace.ask();
        hand.advance(Duration.ZERO);
        assertThat(done).hasValue(1);

        pace.ask();
        pace.ask();
        hand.advance(Duration.ofMillis(99));
        assertThat(done).hasValue(1);
        hand.advance(Duration.ofMillis(1));
        assertThat(done).hasValue(2);
        hand.advance(Duration.ofSeconds(5));
        assertThat(done).hasValue(2);
    }

    @Test
    void theLoopDoesWhatIsDueInOrder() {
        AtomicLong nanos = new AtomicLong();
        MainLoop loop = new MainLoop(() -> nanos.addAndGet(1_000_000));
        List<String> done = new ArrayList<>();

        loop.after(Duration.ofMillis(20), () -> done.add("later"));
        loop.after(Duration.ofMillis(10), () -> done.add("sooner")).callOff();
        loop.after(Duration.ofMillis(5), () -> done.add("soon"));
        loop.after(Duration.ofMillis(30), loop::end);
        loop.hand(() -> done.add("handed"));
        loop.run();

        assertThat(done).containsExactly("handed", "soon", "later");
        assertThat(loop.ended()).isTrue();
    }

    @Test
    void whatIsHandedOverByOtherThreadsIsDoneByTheLoops() throws InterruptedException {
        MainLoop loop = new MainLoop(System::nanoTime);
        List<Thread> threads = new ArrayList<>();
        Thread other = new Thread(() -> {
            for (int i = 0; i < 5_000; i++) {
                loop.hand(() -> threads.add(Thread.currentThread()));
            }
            loop.hand(loop::end);
        });

        other.start();
        loop.run();
        other.join();

        assertThat(threads).hasSize(5_000).containsOnly(Thread.currentThread());
        loop.hand(() -> threads.add(other));
        assertThat(threads).hasSize(5_000);
    }
}
