/**
 * Copies in memory of what the store holds: the newest objects, and the bodies that were committed last. Nothing
 * depends on them: what is not here is in the store. May import the root package, {@code store.rows} and {@code type}.
 */
@NullMarked
package dev.proreus.workspace.cache;

import org.jspecify.annotations.NullMarked;
