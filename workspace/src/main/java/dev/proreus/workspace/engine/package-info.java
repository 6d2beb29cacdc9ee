/**
 * Puts the parts together, opens and closes them in order, and is the one door to the engine for the server. May import
 * every other package.
 */
@NullMarked
package dev.proreus.workspace.engine;

import org.jspecify.annotations.NullMarked;
