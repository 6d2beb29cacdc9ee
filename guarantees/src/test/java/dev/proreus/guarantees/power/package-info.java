/** What a loss of power leaves of folders that small programs work in. */
@NullMarked
package dev.proreus.guarantees.power;

import org.jspecify.annotations.NullMarked;
