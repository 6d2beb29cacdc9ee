/**
 * The selector language: label and field selectors as Kubernetes writes them, parsed, compared by value, and tested
 * against what is to be seen of an object.
 *
 * <p>Start with {@link dev.proreus.workspace.select.Selector}. Pure functions over texts. Imports the root package
 * only.
 */
@NullMarked
package dev.proreus.workspace.select;

import org.jspecify.annotations.NullMarked;
