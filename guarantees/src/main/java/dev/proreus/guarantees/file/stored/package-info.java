/** Generated messages of {@code proreus.recording.v1}: the entries of a file. Private to {@code file}. */
@NullMarked
package dev.proreus.guarantees.file.stored;

import org.jspecify.annotations.NullMarked;
