/**
 * ObjectService: reads, watches and writes objects. Requests are checked as far as they can be without the engine's
 * state, brought into canonical form and handed over; answers are put together from stored bytes, which nothing here
 * parses. May import {@code rpc} and {@code rpc.raw}.
 */
@NullMarked
package dev.proreus.server.object;

import org.jspecify.annotations.NullMarked;
