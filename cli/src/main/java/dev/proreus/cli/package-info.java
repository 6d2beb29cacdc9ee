/**
 * The {@code proreus} command line: the entry puts the verbs together, one class each, all clients of the public API
 * and of nothing else.
 */
@NullMarked
package dev.proreus.cli;

import org.jspecify.annotations.NullMarked;
