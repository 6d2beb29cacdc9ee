package dev.proreus.workspace.watch;

import dev.proreus.workspace.History;
import java.util.concurrent.Executor;

/**
 * What every loop of a hub feeds on.
 *
 * @param readers runs what reads history
 * @param joinRevisions how near the head a subscription must be to collect from the ring while it reads the rest of
 *     history: farther off, what it collected would leave the ring before it is wanted
 */
record Sources(EventRing ring, History history, Heads heads, Executor readers, long joinRevisions) {}
