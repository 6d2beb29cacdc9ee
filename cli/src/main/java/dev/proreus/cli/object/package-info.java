/**
 * The verbs for objects of any type: get, describe, apply, delete. May import {@code connection}, {@code failure},
 * {@code field}, {@code form}, {@code loop}, {@code manifest}, {@code option}, {@code output} and {@code watch}.
 */
@NullMarked
package dev.proreus.cli.object;

import org.jspecify.annotations.NullMarked;
