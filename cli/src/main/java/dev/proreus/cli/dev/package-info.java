/**
 * The verb that shows the whole at work: a server and a simulated fleet as child processes that are started again when
 * they die, two workspaces with robots that get new targets, and a table of them. May import {@code connection},
 * {@code failure}, {@code field}, {@code loop}, {@code option}, {@code output} and {@code watch}.
 */
@NullMarked
package dev.proreus.cli.dev;

import org.jspecify.annotations.NullMarked;
