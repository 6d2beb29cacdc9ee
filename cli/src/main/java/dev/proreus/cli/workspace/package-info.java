/**
 * The verbs for workspaces: their tree and list, what they use, and creating, updating, deleting and undeleting them.
 * May import {@code connection}, {@code failure}, {@code form}, {@code option} and {@code output}.
 */
@NullMarked
package dev.proreus.cli.workspace;

import org.jspecify.annotations.NullMarked;
