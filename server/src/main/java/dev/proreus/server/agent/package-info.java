/**
 * Agents' sessions: one stream for each agent, its subscriptions down, its acks and reports up, its presence recorded.
 *
 * <p>{@link dev.proreus.server.agent.AgentService} is the door, {@link dev.proreus.server.agent.AgentSession} one
 * stream. All of a session happens on the event loop of its call. May import {@code rpc} and {@code rpc.raw}.
 */
@NullMarked
package dev.proreus.server.agent;

import org.jspecify.annotations.NullMarked;
