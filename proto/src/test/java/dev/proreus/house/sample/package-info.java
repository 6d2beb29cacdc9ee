/** A small module that breaks the rules, for {@link dev.proreus.house.ArchitectureTest}. */
@NullMarked
package dev.proreus.house.sample;

import org.jspecify.annotations.NullMarked;
