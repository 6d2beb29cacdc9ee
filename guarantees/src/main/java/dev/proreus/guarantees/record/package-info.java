/**
 * Records what clients do: as an interceptor of their channels, message by message, without a change to their calls;
 * and reads back the final history when everything is over.
 */
@NullMarked
package dev.proreus.guarantees.record;

import org.jspecify.annotations.NullMarked;
