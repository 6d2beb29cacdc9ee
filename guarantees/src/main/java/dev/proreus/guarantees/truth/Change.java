package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.State;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param revision when it changed
 * @param key which object
 * @param before the state before; null where there was none
 * @param after the state after; null where it was deleted
 */
public record Change(
        long revision,
        Key key,
        @Nullable State before,
        @Nullable State after) {}
