/**
 * Reading what the store remembers: objects at a revision, pages of them, changes in order. Blocks on the disk, in
 * bounded chunks, but for what {@code cache} has and rows of the log that were read just before. May import the root
 * package, {@code cache}, {@code store}, {@code store.keys}, {@code store.rows}, {@code token} and {@code type}.
 */
@NullMarked
package dev.proreus.workspace.read;

import org.jspecify.annotations.NullMarked;
