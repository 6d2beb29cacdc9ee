/** Recordings on disk; {@code recording.proto} is the format. May import {@code file.stored}. */
@NullMarked
package dev.proreus.guarantees.file;

import org.jspecify.annotations.NullMarked;
