/** Tests of ObjectService's parts. */
@NullMarked
package dev.proreus.server.object;

import org.jspecify.annotations.NullMarked;
