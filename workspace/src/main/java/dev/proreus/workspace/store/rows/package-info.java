/**
 * What the store's values mean: one record for each kind of row, with its encoder and decoder.
 *
 * <p>Every value begins with a format byte. What is read on hot paths (heads, versions) is laid out by hand; the rest
 * is private protobuf. Bytes are fixed by golden files, and a decoder gives {@code StoreCorruptException} for whatever
 * no encoder wrote. Also {@code StoreFormat}, the version of all that. May import {@code store}, {@code store.keys} and
 * {@code store.rows.stored}.
 */
@NullMarked
package dev.proreus.workspace.store.rows;

import org.jspecify.annotations.NullMarked;
