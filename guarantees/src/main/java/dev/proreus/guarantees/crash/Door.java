package dev.proreus.guarantees.crash;

import io.grpc.Channel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where clients wait while there is no server, for all threads. */
final class Door {
    private @Nullable Channel channel;
    private int waiting;
    private boolean ended;

    Door() {}

    synchronized void open(Channel to) {
        channel = to;
        notifyAll();
    }

    synchronized void shut() {
        channel = null;
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Returns whether a channel leads to the server that is alive. */
    synchronized boolean leadsTo(Channel to) {
        return channel == to;
    }

    /** Waits for a channel other than one that is of no use any more; null where the run has ended. */
    synchronized @Nullable Channel other(@Nullable Channel broken) throws InterruptedException {
        waiting++;
        notifyAll();
        try {
            while (!ended && (channel == null || channel == broken)) {
                wait();
            }
            return ended ? null : channel;
        } finally {
            waiting--;
        }
    }

    /** Takes note that a client goes for good, which is as if it waited. */
    synchronized void left() {
        waiting++;
        notifyAll();
    }

    /** Waits until so many clients wait; returns whether it came to that within the time. */
    synchronized boolean awaitWaiting(int clients, long seconds) throws InterruptedException {
        for (long left = TimeUnit.SECONDS.toMillis(seconds); waiting < clients; left -= 10) {
            if (left <= 0) {
                return false;
            }
            wait(10);
        }
        return true;
    }
}
