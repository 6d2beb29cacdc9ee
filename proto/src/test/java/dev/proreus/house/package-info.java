/**
 * The rules of the house, as tests: what the code of every module must look like. The jar of these classes is on the
 * test class path of all modules; each has a {@code HouseTest} that extends {@link dev.proreus.house.HouseContract} and
 * says where it differs. Every check is shown to catch a bad sample by a test beside it.
 */
@NullMarked
package dev.proreus.house;

import org.jspecify.annotations.NullMarked;
