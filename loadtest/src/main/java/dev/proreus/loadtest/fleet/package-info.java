/** The simulated fleet: robots on a line that move towards their targets, driven through the public agent SDK alone. */
@NullMarked
package dev.proreus.loadtest.fleet;

import org.jspecify.annotations.NullMarked;
