/**
 * Whether a store agrees with itself: rows with their keys, heads with versions, versions with the log, the log with
 * the sequence, workspaces with one another, and counters with what is counted. The whole of it offline, a bounded part
 * at each start, and the counters in the background. Reads only, row by row. May import the root package,
 * {@code store}, {@code store.keys}, {@code store.rows}, {@code canonical}, {@code tree}, {@code type} and
 * {@code pace}.
 */
@NullMarked
package dev.proreus.workspace.check;

import org.jspecify.annotations.NullMarked;
