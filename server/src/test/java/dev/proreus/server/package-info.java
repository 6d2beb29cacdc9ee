/** Tests of the server as its clients see it, over real connections. */
@NullMarked
package dev.proreus.server;

import org.jspecify.annotations.NullMarked;
