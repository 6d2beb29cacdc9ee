/** Part of a small module that breaks the rules, for {@link dev.proreus.house.ArchitectureTest}. */
@NullMarked
package dev.proreus.house.sample.feature;

import org.jspecify.annotations.NullMarked;
