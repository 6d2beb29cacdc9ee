/**
 * The scenario deletion: a large subtree that is deleted at once, and what its watchers, its readers, others that write
 * and the disk notice. May import {@code client}, {@code process} and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.deletion;

import org.jspecify.annotations.NullMarked;
