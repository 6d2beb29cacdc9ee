/** Tests of what the services share. */
@NullMarked
package dev.proreus.server.rpc;

import org.jspecify.annotations.NullMarked;
