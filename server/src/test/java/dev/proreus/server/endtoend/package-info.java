/** The real server as a process of its own, with real agents, killed and started again. */
@NullMarked
package dev.proreus.server.endtoend;

import org.jspecify.annotations.NullMarked;
