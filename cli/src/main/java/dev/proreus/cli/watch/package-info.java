/**
 * A watch that outlives connections and servers: it resumes after the last revision seen, and where that is too old it
 * compares the whole state with what it knew and tells the difference. Confined to the thread of its loop. May import
 * {@code loop}.
 */
@NullMarked
package dev.proreus.cli.watch;

import org.jspecify.annotations.NullMarked;
