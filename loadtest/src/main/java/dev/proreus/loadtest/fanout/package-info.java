/**
 * The scenario fanout: many watches of one type, and what each of them was told. Looks at the server from outside, by
 * its public API alone. May import {@code client}, {@code process} and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.fanout;

import org.jspecify.annotations.NullMarked;
