/**
 * A validator for each guarantee, and all of them together. Each one's first paragraph is the guarantee in precise
 * words. May import {@code truth}.
 */
@NullMarked
package dev.proreus.guarantees.validate;

import org.jspecify.annotations.NullMarked;
