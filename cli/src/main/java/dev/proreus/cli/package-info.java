/** The {@code proreus} command line: one class per verb, each a client of the public API and of nothing else. */
@NullMarked
package dev.proreus.cli;

import org.jspecify.annotations.NullMarked;
