/** What clients see at the edge: each method and each refusal, over real connections to the real engine in memory. */
@NullMarked
package dev.proreus.server.edge;

import org.jspecify.annotations.NullMarked;
