/**
 * The rules of the house, as tests: what the code of every module must look like. Packaged for the tests of all modules.
 */
@NullMarked
package dev.proreus.house;

import org.jspecify.annotations.NullMarked;
