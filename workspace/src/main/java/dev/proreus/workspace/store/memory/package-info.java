/**
 * A store in the heap, complete against the same contract as the durable one, so that a difference between them is a
 * fault in one of them. For tests and demonstrations: nothing survives the process. May import {@code store}.
 */
@NullMarked
package dev.proreus.workspace.store.memory;

import org.jspecify.annotations.NullMarked;
