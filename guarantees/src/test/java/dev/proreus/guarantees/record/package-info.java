/** That what clients do is recorded, and what is left out is left out with a reason. */
@NullMarked
package dev.proreus.guarantees.record;

import org.jspecify.annotations.NullMarked;
