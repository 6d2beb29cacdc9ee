/**
 * One thread's work: what other threads hand it, and what falls due, one after the other. Whoever is confined to the
 * loop needs no lock.
 */
@NullMarked
package dev.proreus.cli.loop;

import org.jspecify.annotations.NullMarked;
