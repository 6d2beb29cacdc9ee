/**
 * What a client did and was told, as a recording that validators judge: operations with their answers, watches with
 * their messages. Knows the public API alone, so that it can judge any server of it.
 */
@NullMarked
package dev.proreus.guarantees;

import org.jspecify.annotations.NullMarked;
