package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.Collection;

/** The feeds behind one key of the index: a set of them, or a feed that is alone, which is found without a set. */
interface Feeds {
    /** Offers a change to each. */
    void offer(long position, Change change);

    /** Adds each one's subscription. */
    void copyTo(Collection<Watcher> all);
}
