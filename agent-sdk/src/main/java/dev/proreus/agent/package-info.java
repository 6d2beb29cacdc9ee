/**
 * The public API of an agent: small enough to be read in one sitting, with no gRPC type in any signature.
 *
 * <p>An author needs four types: {@link dev.proreus.agent.Agent} and its builder, a
 * {@link dev.proreus.agent.Reconciler}, the {@link dev.proreus.agent.AgentObject} that it is given and the
 * {@link dev.proreus.agent.Result} that it gives back. Nothing here connects or runs anything: what does is found by
 * the {@link dev.proreus.agent.AgentStarter} port, so that this package imports none of the others.
 */
@NullMarked
package dev.proreus.agent;

import org.jspecify.annotations.NullMarked;
