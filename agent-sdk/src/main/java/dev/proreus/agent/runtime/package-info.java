/**
 * Puts the parts of an agent together: threads, clock, chance and the connection are made here and handed to the rest.
 * Found as a service by the root, which imports none of our packages. May import every other package.
 */
@NullMarked
package dev.proreus.agent.runtime;

import org.jspecify.annotations.NullMarked;
