package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.rows.AppliedRow;
import org.jspecify.annotations.Nullable;

/**
 * What a folder holds in which a store was begun.
 *
 * @param begun whether there is a store; else a first start was cut short
 * @param applied how far it has come; null where nothing was committed yet
 */
record Probed(boolean begun, @Nullable AppliedRow applied) {}
