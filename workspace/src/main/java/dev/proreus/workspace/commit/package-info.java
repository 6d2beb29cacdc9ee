/**
 * The single writer: takes commands from a bounded queue, applies them in order to the state that it owns, writes what
 * follows in one batch with one sync, publishes, then answers. Nothing else assigns a revision.
 *
 * <p>{@code apply} is deterministic: time, uid and caller travel in the command; it reads no clock and no random
 * source. May import the root package, {@code canonical}, {@code cache}, {@code store}, {@code store.keys},
 * {@code store.rows}, {@code tree}, {@code type} and {@code agent}.
 */
@NullMarked
package dev.proreus.workspace.commit;

import org.jspecify.annotations.NullMarked;
