package dev.proreus.workspace.engine;

import dev.proreus.workspace.History;
import dev.proreus.workspace.watch.Heads;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Where the parts of an engine meet and a test can stand between them: to decide whose turn it is, and to plant a
 * defect that must be found.
 *
 * @param lock what the committer's threads wait for one another at
 * @param history puts something in front of the history that watches read
 * @param heads puts something in front of what watches see of commits
 */
record Seams(Lock lock, UnaryOperator<History> history, UnaryOperator<Heads> heads) {
    /** Nothing stands between the parts. */
    static Seams plain() {
        return new Seams(new ReentrantLock(), UnaryOperator.identity(), UnaryOperator.identity());
    }
}
