/**
 * The scenario catchup: a watcher far behind, and what writes feel of it. May import {@code client}, {@code process}
 * and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.catchup;

import org.jspecify.annotations.NullMarked;
