/**
 * The scenario writes: durable writes by many clients, each with one write under way. May import {@code client},
 * {@code process} and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.writes;

import org.jspecify.annotations.NullMarked;
