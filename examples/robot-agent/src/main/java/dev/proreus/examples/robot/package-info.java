/** An agent that drives robots: the example that the README shows and that people copy. */
@NullMarked
package dev.proreus.examples.robot;

import org.jspecify.annotations.NullMarked;
