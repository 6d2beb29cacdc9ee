/** A client that calls the server's own process once of each kind, so that its classes can be recorded. */
@NullMarked
package dev.proreus.server.rehearsal;

import org.jspecify.annotations.NullMarked;
