package dev.proreus.house.sample.core;

import dev.proreus.house.sample.feature.Waiter;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** Takes what should be given to it, each thing in a method of its own. */
public final class Chance {

    /** Forms a cycle of packages. */
    Waiter waiter() {
        return new Waiter();
    }

    long time() {
        return System.nanoTime();
    }

    LongSupplier timeByReference() {
        return System::currentTimeMillis;
    }

    Instant now() {
        return Instant.now();
    }

    /** Is fine: the clock was given. */
    Instant givenNow(Clock clock) {
        return Instant.now(clock);
    }

    Random chance() {
        return new Random();
    }

    Thread thread() {
        return new Thread(() -> {});
    }

    void executor() {
        Executors.newCachedThreadPool().shutdown();
    }
}
