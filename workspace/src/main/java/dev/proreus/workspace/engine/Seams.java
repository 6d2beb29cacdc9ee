package dev.proreus.workspace.engine;

import dev.proreus.workspace.History;
import dev.proreus.workspace.commit.Overlap;
import dev.proreus.workspace.watch.Heads;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Where the parts of an engine meet and a test can stand between them: to decide whose turn it is, and to plant a
 * defect that must be found.
 *
 * @param lock what the committer's threads wait for one another at
 * @param overlap from how much on the committer builds a batch while it writes another
 * @param history puts something in front of the history that watches read
 * @param heads puts something in front of what watches see of commits
 */
record Seams(Lock lock, Overlap overlap, UnaryOperator<History> history, UnaryOperator<Heads> heads) {
    /** Nothing stands between the parts. */
    static Seams plain() {
        return overlapping(Overlap.WHERE_WORTH_IT);
    }

    /** Nothing stands between the parts, and batches overlap as one wants them to. */
    static Seams overlapping(Overlap overlap) {
        return new Seams(new ReentrantLock(), overlap, UnaryOperator.identity(), UnaryOperator.identity());
    }
}
