/**
 * Loss of power: a library that notes which bytes and entries of a data folder were made durable while a server worked
 * in it, and the damage that takes away what was not. Syncs can be made to fail, or to promise what they do not keep.
 */
@NullMarked
package dev.proreus.guarantees.power;

import org.jspecify.annotations.NullMarked;
