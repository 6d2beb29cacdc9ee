/**
 * What a command says and answers when it fails: one block of text that tells what, why and what to do, and one exit
 * code. Whoever fails throws {@link dev.proreus.cli.failure.FailedException}; only the entry prints it.
 */
@NullMarked
package dev.proreus.cli.failure;

import org.jspecify.annotations.NullMarked;
