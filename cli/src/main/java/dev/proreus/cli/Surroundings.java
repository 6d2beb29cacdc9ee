package dev.proreus.cli;

import dev.proreus.cli.connection.Channels;
import dev.proreus.cli.dev.DevSurroundings;
import dev.proreus.cli.output.Terminal;
import java.io.InputStream;

/**
 * What a command sees of the world around its process.
 *
 * @param terminal where its words go
 * @param standardInput what is typed or piped in
 * @param channels the way to servers
 * @param dev the rest, most of which {@code dev} alone needs
 */
record Surroundings(Terminal terminal, InputStream standardInput, Channels channels, DevSurroundings dev) {}
