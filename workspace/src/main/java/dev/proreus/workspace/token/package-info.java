/**
 * The tokens that clients carry for the server: positions in lists and in watches, which nobody can read, forge or use
 * elsewhere, nor in another history line. May import the root package only.
 */
@NullMarked
package dev.proreus.workspace.token;

import org.jspecify.annotations.NullMarked;
