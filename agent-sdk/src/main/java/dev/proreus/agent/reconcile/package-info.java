/**
 * Level-triggered work: keys queued once, one call at a time for each, repeated with growing delays while it fails, and
 * what a result means for an object's status. The only place from which an author's code is called, always on a worker.
 * May import {@code pace} and {@code view}.
 */
@NullMarked
package dev.proreus.agent.reconcile;

import org.jspecify.annotations.NullMarked;
