/** What scenarios print and in which form: figures by name, and spreads of several rounds. */
@NullMarked
package dev.proreus.loadtest.report;

import org.jspecify.annotations.NullMarked;
