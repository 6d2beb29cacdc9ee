/**
 * The workspaces in the heap, so that naming one and asking after it costs no I/O: path, ids and newest revision, what
 * each holds and may hold, itself and with all below it, how much of its history is kept, from which floor on, and how
 * it is being deleted.
 *
 * <p>The committer alone changes what the tree shows, after that is durable; everybody reads it. May import the root
 * package only.
 */
@NullMarked
package dev.proreus.workspace.tree;

import org.jspecify.annotations.NullMarked;
