/**
 * The scenario soak: a server under everything that comes and goes, and whether it stays as large as it was. May import
 * {@code client}, {@code process} and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.soak;

import org.jspecify.annotations.NullMarked;
