package dev.proreus.workspace.watch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all subscriptions of a hub together may hold beyond one share each, while they catch up at full speed.
 * Who is granted none goes on in small shares. Any thread.
 */
final class ShareAllowance {
    private final AtomicLong left;

    ShareAllowance(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Takes some bytes where there are as many left, and returns whether it did. */
    boolean take(long bytes) {
        long before = left.getAndUpdate(now -> now >= bytes ? now - bytes : now);
        return before >= bytes;
    }

    /** Gives back what was taken. */
    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
