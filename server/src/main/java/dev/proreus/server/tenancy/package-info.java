/**
 * WorkspaceService: creates, reads, lists, updates, deletes and undeletes workspaces, and tells what they use. May
 * import {@code rpc}.
 */
@NullMarked
package dev.proreus.server.tenancy;

import org.jspecify.annotations.NullMarked;
