/** Random lives of a server, each given by a seed, against a simple model and under every validator. */
@NullMarked
package dev.proreus.server.model;

import org.jspecify.annotations.NullMarked;
