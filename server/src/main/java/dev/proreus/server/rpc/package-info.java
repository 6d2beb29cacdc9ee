/**
 * The edge that all services share: messages as bytes, the contract's descriptors, the adapters between handlers and
 * gRPC calls, and the one translation of refusals into statuses.
 *
 * <p>Handlers run on the event loop of their call and must not block; all of a call happens on that one loop. Imports
 * none of this module's packages.
 */
@NullMarked
package dev.proreus.server.rpc;

import org.jspecify.annotations.NullMarked;
