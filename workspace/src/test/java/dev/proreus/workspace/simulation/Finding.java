package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Violation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a simulation came to.
 *
 * @param violations guarantees that did not hold
 * @param events events that watches were told of
 * @param operations requests of clients
 * @param lives processes that there were
 * @param digest of all that happened, and of the disk
 * @param trace all that happened
 */
record Finding(List<Violation> violations, long events, long operations, int lives, long digest, List<String> trace) {
    boolean holds() {
        return violations.isEmpty();
    }

    Set<String> broken() {
        return violations.stream().map(Violation::guarantee).collect(Collectors.toCollection(TreeSet::new));
    }
}
