/** What the tests of several packages share: a scripted server in the process, and a terminal that remembers. */
@NullMarked
package dev.proreus.cli.testing;

import org.jspecify.annotations.NullMarked;
