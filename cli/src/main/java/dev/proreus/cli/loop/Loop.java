package dev.proreus.cli.loop;

import java.time.Duration;

/** One thread's work, as those see it that give it some. */
public interface Loop {

    /** Has the loop's thread do {@code work}, in the order of handing over; for every thread. */
    void hand(Runnable work);

    /** Does {@code work} once, after at least {@code delay}, unless it is called off before; for the loop's thread. */
    Pending after(Duration delay, Runnable work);

    /** Returns the time since some fixed moment; it never goes back. */
    Duration now();

    /** Something that is yet to be done. */
    interface Pending {
        /** Calls it off; nothing where it has been done. */
        void callOff();
    }
}
