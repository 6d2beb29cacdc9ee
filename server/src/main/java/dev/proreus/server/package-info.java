/**
 * The process: reads the configuration, opens the engine, binds the port, drains and closes. The only place of this
 * module that constructs the parts.
 */
@NullMarked
package dev.proreus.server;

import org.jspecify.annotations.NullMarked;
