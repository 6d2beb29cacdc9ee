/** Generated messages of {@code proreus.stored.v1}: the bytes inside rows. Private to {@code store.rows}. */
@NullMarked
package dev.proreus.workspace.store.rows.stored;

import org.jspecify.annotations.NullMarked;
