package dev.proreus.loadtest.fanout;

import java.io.IOException;
import java.util.List;

/** What is done to a run's watchers while it writes, on a thread of its own. */
interface Course {
    /** Nothing. */
    Course NONE = (began, watchers) -> {};

    /** Returns whether a watcher wants the newest states alone, instead of every change. */
    default boolean wantsLatest(int watcher) {
        return false;
    }

    /**
     * Runs from the first write on.
     *
     * @param began when the first write was sent
     * @param watchers all watchers, each on the connection of its number modulo theirs
     */
    void run(long began, List<Watcher> watchers) throws IOException, InterruptedException;
}
