package dev.proreus.workspace.engine;

import dev.proreus.workspace.History;
import dev.proreus.workspace.commit.Overlap;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.watch.Heads;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;

/** Opens engines of which a simulation has the seams in hand. */
public final class SeamedEngine {
    private SeamedEngine() {}

    /** Opens an engine whose committer takes its turns at a lock, with something in front of two of its parts. */
    public static LocalEngine open(
            Store store,
            EngineOptions options,
            Lock lock,
            Overlap overlap,
            UnaryOperator<History> history,
            UnaryOperator<Heads> heads) {
        return LocalEngine.open(store, options, new Seams(lock, overlap, history, heads));
    }
}
