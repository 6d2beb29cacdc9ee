/**
 * Puts the parts together, opens and closes them in order, and is where the server reads, writes and watches: what it
 * gives and takes there are the types of the other packages, such as {@code tree}, {@code type}, {@code commit} and
 * {@code watch}. May import every other package.
 */
@NullMarked
package dev.proreus.workspace.engine;

import org.jspecify.annotations.NullMarked;
