/**
 * The client's side of scenarios: a workspace of the run's own, calls of raw bytes, and what a watch was told. It
 * builds no message objects where many are read, so that the server is the limit and not the client.
 */
@NullMarked
package dev.proreus.loadtest.client;

import org.jspecify.annotations.NullMarked;
