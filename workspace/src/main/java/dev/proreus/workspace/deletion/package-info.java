/**
 * What follows a deletion of workspaces: leads those that are terminating to their end, once their grace is over and
 * the last finalizer is gone, and reclaims the rows of those that are gone, paced, so that nobody notices. One
 * background loop for the whole store; where nothing is deleted it costs nothing. May import the root package,
 * {@code canonical}, {@code store}, {@code store.keys}, {@code store.rows}, {@code tree} and {@code pace}.
 */
@NullMarked
package dev.proreus.workspace.deletion;

import org.jspecify.annotations.NullMarked;
