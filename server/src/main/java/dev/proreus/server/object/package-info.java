/**
 * ObjectService: reads, watches and writes objects. Requests are checked and brought into canonical form, their
 * workspace and resource type are looked up in the engine's tree and catalog, and the rest is for the engine to judge;
 * answers are put together from stored bytes, which nothing here parses. May import {@code rpc} and {@code rpc.raw}.
 */
@NullMarked
package dev.proreus.server.object;

import org.jspecify.annotations.NullMarked;
