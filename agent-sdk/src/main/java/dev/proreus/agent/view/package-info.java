/**
 * What an agent holds: the newest state of every object of a subscription, put together from what the server delivers
 * and from the agent's own durable reports. No I/O, threads or clocks.
 */
@NullMarked
package dev.proreus.agent.view;

import org.jspecify.annotations.NullMarked;
