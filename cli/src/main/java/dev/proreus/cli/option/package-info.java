/**
 * What every verb takes: the server, the workspace, the form of the output, and the wish to see the equal grpcurl
 * command instead. May import {@code connection}, {@code failure} and {@code form}.
 */
@NullMarked
package dev.proreus.cli.option;

import org.jspecify.annotations.NullMarked;
