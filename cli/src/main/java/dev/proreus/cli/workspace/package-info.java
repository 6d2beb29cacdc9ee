/**
 * The verbs for workspaces: their tree, creating and deleting. May import {@code connection}, {@code failure},
 * {@code form}, {@code option} and {@code output}.
 */
@NullMarked
package dev.proreus.cli.workspace;

import org.jspecify.annotations.NullMarked;
