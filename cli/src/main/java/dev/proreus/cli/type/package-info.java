/**
 * The verb that shows which resource types a workspace has. May import {@code connection}, {@code failure},
 * {@code form}, {@code option} and {@code output}.
 */
@NullMarked
package dev.proreus.cli.type;

import org.jspecify.annotations.NullMarked;
