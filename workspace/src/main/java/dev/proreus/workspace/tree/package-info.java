/**
 * The workspaces in the heap: every path, id and newest revision, so that naming a workspace costs no I/O.
 *
 * <p>The committer alone changes what the tree shows, after that is durable; everybody reads it. May import the root
 * package only.
 */
@NullMarked
package dev.proreus.workspace.tree;

import org.jspecify.annotations.NullMarked;
