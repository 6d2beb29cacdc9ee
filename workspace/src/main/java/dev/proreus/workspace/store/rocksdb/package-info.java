/**
 * The store on disk: the only code that knows RocksDB. Owns the data folder, the column families and their options, the
 * native resources and the order in which they are closed. May import {@code store}, {@code store.keys} and
 * {@code store.rows}; the latter two for the one row that says which format a folder is in.
 */
@NullMarked
package dev.proreus.workspace.store.rocksdb;

import org.jspecify.annotations.NullMarked;
