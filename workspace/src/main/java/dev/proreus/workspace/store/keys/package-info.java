/**
 * What the store's keys mean: the layout drawn as a tree, with the encoder and the parser of each key side by side, and
 * the ranges that reads go over. Bytes are fixed by golden tests. May import {@code store}.
 */
@NullMarked
package dev.proreus.workspace.store.keys;

import org.jspecify.annotations.NullMarked;
