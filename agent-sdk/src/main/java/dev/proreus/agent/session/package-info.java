/**
 * One agent's session with the server: connects, resumes, delivers into the views, sends acks and reports, and connects again. The only
 * place that knows gRPC and the wire. Imports the root, {@code pace}, {@code view} and of {@code reconcile} the report.
 */
@NullMarked
package dev.proreus.agent.session;

import org.jspecify.annotations.NullMarked;
