/**
 * The scenario workspaces: what many idle workspaces cost to make, to hold and to start with. May import
 * {@code client}, {@code process} and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.workspaces;

import org.jspecify.annotations.NullMarked;
