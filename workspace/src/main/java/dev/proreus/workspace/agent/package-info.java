/**
 * Who drives what: the agents' claims, which of them covers an object, and how an object fares as far as its conditions
 * and its driver's presence tell.
 *
 * <p>Agents are objects; what stands here is derived from them, by the committer alone. May import the root package,
 * {@code canonical} (to read and write Agent objects) and {@code type} (to name claims).
 */
@NullMarked
package dev.proreus.workspace.agent;

import org.jspecify.annotations.NullMarked;
