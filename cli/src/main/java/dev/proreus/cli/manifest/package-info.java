/**
 * Files that people keep, read into objects: YAML 1.2 of several documents, or JSON, with the line of everything that
 * is refused. Strict where a slip would be lost silently: unknown keys outside spec and status, keys given twice,
 * numbers that would be rounded. Reads text and nothing else; May import {@code failure} and {@code form}.
 */
@NullMarked
package dev.proreus.cli.manifest;

import org.jspecify.annotations.NullMarked;
