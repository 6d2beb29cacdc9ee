/**
 * Messages as the documents that people keep: a tree of plain values with numbers where the JSON mapping of protobuf
 * has strings, and that tree as YAML or JSON. Pure functions; nothing here knows a server or a terminal.
 */
@NullMarked
package dev.proreus.cli.form;

import org.jspecify.annotations.NullMarked;
