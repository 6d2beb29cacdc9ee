/** When things run: the agent's one thread with its timers, and how long to wait before trying again. */
@NullMarked
package dev.proreus.agent.pace;

import org.jspecify.annotations.NullMarked;
