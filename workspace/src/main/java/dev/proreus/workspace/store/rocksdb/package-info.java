/**
 * The store on disk: the only code that knows RocksDB. Owns the data folder, the column families and their options, the
 * native resources and the order in which they are closed, and the file that says how far it is durable. May import
 * {@code store}, {@code store.keys} and {@code store.rows}; the latter two for the rows that say which format a folder
 * is in and how far its store has come.
 */
@NullMarked
package dev.proreus.workspace.store.rocksdb;

import org.jspecify.annotations.NullMarked;
