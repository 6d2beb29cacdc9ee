/**
 * One agent's sessions with the server: connects, resumes, delivers into the views, sends acks and reports, and
 * connects again. The only place that knows the wire; of gRPC, {@code runtime} makes the channel and all else is here.
 * May import {@code pace}, {@code view} and {@code reconcile}, of which it needs the report.
 */
@NullMarked
package dev.proreus.agent.session;

import org.jspecify.annotations.NullMarked;
