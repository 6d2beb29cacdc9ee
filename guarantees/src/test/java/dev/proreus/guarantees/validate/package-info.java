/** Histories that hold, and such with one defect, which the right validator must find. */
@NullMarked
package dev.proreus.guarantees.validate;

import org.jspecify.annotations.NullMarked;
