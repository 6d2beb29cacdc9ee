/**
 * The scenario of the hot watch path: many watchers of one type, each of which must get every change, once and in
 * order.
 */
@NullMarked
package dev.proreus.loadtest.fanout;

import org.jspecify.annotations.NullMarked;
