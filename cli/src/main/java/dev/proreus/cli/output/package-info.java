/**
 * How text reaches a person or a pipe: the terminal and what it can do, columns that line up, a region that is painted
 * again in place. Knows nothing of what the text is about; text from elsewhere loses its control characters here.
 */
@NullMarked
package dev.proreus.cli.output;

import org.jspecify.annotations.NullMarked;
