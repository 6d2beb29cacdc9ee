package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.Collection;

/** The feeds behind one key of the index: a set of them, or a feed that is alone, which is found without a set. */
abstract class Feeds {
    private int key;

    /** Offers a change to each. */
    abstract void offer(long position, Change change);

    /** Adds each one's subscription. */
    abstract void copyTo(Collection<Watcher> all);

    /** Returns the key that they stand behind, for the index alone. */
    final int key() {
        return key;
    }

    final void key(int standsBehind) {
        key = standsBehind;
    }
}
