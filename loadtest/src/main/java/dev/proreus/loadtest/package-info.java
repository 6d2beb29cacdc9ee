/** The entry of the load test: {@code bench} runs a scenario and {@code fleet} plays a crowd of agents. */
@NullMarked
package dev.proreus.loadtest;

import org.jspecify.annotations.NullMarked;
