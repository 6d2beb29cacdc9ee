/**
 * The scenario restart: how long a server with much data takes from its command to its first answers. May import
 * {@code client}, {@code process} and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.restart;

import org.jspecify.annotations.NullMarked;
