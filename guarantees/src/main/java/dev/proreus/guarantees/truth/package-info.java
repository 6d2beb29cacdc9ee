/**
 * What really happened, as far as the final history and acknowledged answers tell, and what a watch must be told of it.
 * Selectors are read here a second time, apart from the engine, so that a fault in one of the two shows.
 */
@NullMarked
package dev.proreus.guarantees.truth;

import org.jspecify.annotations.NullMarked;
