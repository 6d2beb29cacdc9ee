/** The simulated fleet: agents on the public SDK that move robots along a line, a step at a time. */
@NullMarked
package dev.proreus.loadtest.fleet;

import org.jspecify.annotations.NullMarked;
