/**
 * The canonical form of an object: one spelling in bytes for each meaning, and the sections that those bytes split
 * into.
 *
 * <p>{@link dev.proreus.workspace.canonical.Canonicalizer} turns the bytes of a request into it and refuses what would
 * poison readers, {@link dev.proreus.workspace.canonical.ObjectSections} is what commands carry and the store keeps,
 * {@link dev.proreus.workspace.canonical.MetaField} is what is known of each field of metadata,
 * {@link dev.proreus.workspace.canonical.StructView} reads spec and status without building a tree, and
 * {@link dev.proreus.workspace.canonical.StructWriter} writes the objects that the server itself makes. Pure functions
 * over bytes: no I/O, no threads, no clocks, no randomness. Imports the root package only.
 */
@NullMarked
package dev.proreus.workspace.canonical;

import org.jspecify.annotations.NullMarked;
