/** WorkspaceService: creates, reads, lists and deletes workspaces. May import {@code rpc}. */
@NullMarked
package dev.proreus.server.tenancy;

import org.jspecify.annotations.NullMarked;
