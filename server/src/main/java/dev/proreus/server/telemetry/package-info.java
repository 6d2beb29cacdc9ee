/**
 * What operators see: the OpenTelemetry SDK, what the process says of itself, and the admin port on loopback, where the
 * numbers are read. Imports none of our packages.
 */
@NullMarked
package dev.proreus.server.telemetry;

import org.jspecify.annotations.NullMarked;
