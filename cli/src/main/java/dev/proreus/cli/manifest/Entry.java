package dev.proreus.cli.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a document and where it stands; read as what is wanted of it, or refused.
 *
 * @param place of its key
 * @param value below it
 */
record Entry(Place place, Node value) {

    boolean isNull() {
        return value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    /** @param what names the value where it is refused */
    MappingNode mapping(String what) {
        if (value instanceof MappingNode mapping) {
            return mapping;
        }
        throw place.refuse(what + " must be a mapping of keys to values");
    }

    List<Entry> sequence() {
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(each -> new Entry(Place.of(place.source(), each), each))
                    .toList();
        }
        throw place.refuse("a list is wanted here");
    }

    String text() {
        if (value instanceof ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.STR)) {
                return place.requireText(scalar.getValue());
            }
            throw place.refuse(scalar.getValue() + " is not a string, which is wanted here")
                    .advise("quotes around it: '" + scalar.getValue() + "'");
        }
        throw place.refuse("a string is wanted here");
    }

    long whole() {
        if (value instanceof ScalarNode scalar && scalar.getValue().matches("[0-9]{1,18}")) {
            return Long.parseLong(scalar.getValue());
        }
        throw place.refuse("a whole number is wanted here");
    }

    boolean truth() {
        if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(scalar.getValue());
        }
        throw place.refuse("true or false is wanted here");
    }

    Instant time() {
        String text = text();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw place.refuse("'" + text + "' is not a time such as 2026-11-23T01:46:00Z");
        }
    }
}
