/**
 * The messages and stubs of {@code proreus.v1}, all generated from {@code src/main/protobuf}. Nothing is written by
 * hand in this package; what a message means stands in the comments of its proto file.
 */
@NullMarked
package dev.proreus.v1;

import org.jspecify.annotations.NullMarked;
