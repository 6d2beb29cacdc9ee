/**
 * The processes of scenarios: a server of the run's own, the core that it is kept on, the CPU that it uses, its
 * profile.
 */
@NullMarked
package dev.proreus.loadtest.process;

import org.jspecify.annotations.NullMarked;
