/**
 * How long the past is kept: decides where floors rise, by age and by bytes, and deletes what lies below them. One
 * background loop for the whole store; what is idle costs it nothing. May import the root package, {@code store},
 * {@code store.keys}, {@code store.rows}, {@code tree} and {@code pace}.
 */
@NullMarked
package dev.proreus.workspace.retention;

import org.jspecify.annotations.NullMarked;
