package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreClosedException;
import java.util.concurrent.locks.StampedLock;

/**
 * Keeps native code from being entered after it was closed, which would end the whole process.
 *
 * <p>Whoever calls into native code enters and leaves; shutting waits for all who are inside. Thread-safe, not
 * reentrant.
 */
final class Gate {
    private final StampedLock lock = new StampedLock();
    private boolean shut;

    /**
     * Enters.
     *
     * @return what {@link #leave} takes
     * @throws StoreClosedException if the gate is shut
     */
    long enter() {
        long stamp = lock.readLock();
        if (shut) {
            lock.unlockRead(stamp);
            throw new StoreClosedException("the store");
        }
        return stamp;
    }

    /** Enters unless the gate is shut; 0 means that it is. */
    long tryEnter() {
        long stamp = lock.readLock();
        if (shut) {
            lock.unlockRead(stamp);
            return 0;
        }
        return stamp;
    }

    void leave(long stamp) {
        lock.unlockRead(stamp);
    }

    /** Waits until nobody is inside, runs the last work and shuts for good; does nothing where it is shut. */
    void shut(Runnable last) {
        long stamp = lock.writeLock();
        try {
            if (!shut) {
                shut = true;
                last.run();
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
