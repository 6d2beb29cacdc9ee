/** TypeService: lists and resolves the resource types that a workspace sees. May import {@code rpc}. */
@NullMarked
package dev.proreus.server.type;

import org.jspecify.annotations.NullMarked;
