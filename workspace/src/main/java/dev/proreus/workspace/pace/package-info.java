/**
 * The pace of background work: one step at a time, and a rest after each, in proportion to what it took, so that what
 * is done beside requests is never noticed by them. Imports nothing of the engine.
 */
@NullMarked
package dev.proreus.workspace.pace;

import org.jspecify.annotations.NullMarked;
