/**
 * Single facts out of an object: a value by its path, its conditions, how far its status has come. Pure functions. May
 * import {@code form}.
 */
@NullMarked
package dev.proreus.cli.field;

import org.jspecify.annotations.NullMarked;
