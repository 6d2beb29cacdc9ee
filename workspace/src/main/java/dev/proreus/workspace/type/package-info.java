/**
 * Resource types: what a definition says, and which definition a name stands for in a workspace.
 *
 * <p>A type is known inside by a short id that never returns, so that two definitions of one name never mix their
 * objects. The committer alone changes the catalog. May import the root package, {@code canonical} (to read
 * definitions) and {@code tree} (to look up through ancestors).
 */
@NullMarked
package dev.proreus.workspace.type;

import org.jspecify.annotations.NullMarked;
