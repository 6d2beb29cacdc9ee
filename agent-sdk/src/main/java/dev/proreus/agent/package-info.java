/** The public API of an agent: small enough to be read in one sitting, with no gRPC type in any signature. */
@NullMarked
package dev.proreus.agent;

import org.jspecify.annotations.NullMarked;
