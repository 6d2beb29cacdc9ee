/**
 * A server that does what a test tells it: for what the real one cannot be made to do. Packaged for the tests of other
 * modules.
 */
@NullMarked
package dev.proreus.agent.scripted;

import org.jspecify.annotations.NullMarked;
