package dev.proreus.agent.runtime;

import dev.proreus.agent.AgentHealth;
import dev.proreus.agent.pace.Delays;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How an agent stands, for those who ask or wait from other threads. Set on the loop; read anywhere. */
final class Standing {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final LongSupplier ticker;
    private AgentHealth health = AgentHealth.red("not connected yet");

    Standing(LongSupplier ticker) {
        this.ticker = ticker;
    }

    synchronized AgentHealth health() {
        return health;
    }

    synchronized void set(AgentHealth now) {
        health = now;
        notifyAll();
    }

    void stopped() {
        stopped.countDown();
        synchronized (this) {
            notifyAll();
        }
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits for green; an agent that has stopped never gets there. */
    synchronized boolean awaitGreen(Duration timeout) throws InterruptedException {
        long end = ticker.getAsLong() + Delays.nanos(timeout);
        while (!health.isGreen() && !isStopped()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - ticker.getAsLong());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return health.isGreen();
    }

    void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    boolean awaitStopped(Duration timeout) throws InterruptedException {
        return stopped.await(Delays.nanos(timeout), TimeUnit.NANOSECONDS);
    }
}
