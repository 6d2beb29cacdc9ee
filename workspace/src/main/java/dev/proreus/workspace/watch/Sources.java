package dev.proreus.workspace.watch;

/**
 * What every loop of a hub feeds on.
 *
 * @param joinDistance how near the head a subscription must be to collect from the ring while it reads the rest of
 *     history: farther off, what it collected would leave the ring before it is wanted
 */
record Sources(EventRing ring, CatchUp catchUp, Heads heads, long joinDistance) {}
