/**
 * The contract of the store: an ordered, durable map of bytes in a few tables, written in atomic batches.
 *
 * <p>It knows no workspace, object or revision; {@code store.keys} says what the keys mean and {@code store.rows} what
 * the values mean. It says for each operation what is durable on return, and for each failure what is known of the
 * write. All history is kept: nothing here removes what was not deleted by its writer. Imports nothing of the engine.
 */
@NullMarked
package dev.proreus.workspace.store;

import org.jspecify.annotations.NullMarked;
