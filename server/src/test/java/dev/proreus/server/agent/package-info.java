/** Tests of agents' sessions. */
@NullMarked
package dev.proreus.server.agent;

import org.jspecify.annotations.NullMarked;
