package dev.proreus.cli.manifest;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.form.SchemaText;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Turns nodes of one document into the values of a Struct, and remembers where each stands. A document that unfolds to
 * more values or levels than any object may have, by aliases, is refused before it fills the memory.
 */
final class Values {
    private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);
    private static final int VALUES_MAX = 250_000;
    private static final int LEVELS_MAX = ManifestReader.LEVELS_MAX;

    private final String source;
    private final Predicate<String> packed;
    private final Map<String, Place> places = new HashMap<>();
    private int values;

    /**
     * Prepares for one document.
     *
     * @param packed whether the value at a path is a schema, which travels as text
     */
    Values(String source, Predicate<String> packed) {
        this.source = source;
        this.packed = packed;
    }

    /** Returns where the values read so far stand, by path. */
    Map<String, Place> places() {
        return places;
    }

    /** Returns the members of a mapping at a path. */
    Struct struct(MappingNode node, String path, int level) {
        Struct.Builder struct = Struct.newBuilder();
        Keys.of(source, node).forEach((key, entry) -> {
            String below = path + "." + key;
            places.put(below, entry.place());
            struct.putFields(key, value(entry.value(), below, level + 1));
        });
        return struct.build();
    }

    private Value value(Node node, String path, int level) {
        Place place = Place.of(source, node);
        if (++values > VALUES_MAX) {
            throw place.refuse("the document unfolds to more than " + VALUES_MAX + " values");
        }
        if (level > LEVELS_MAX || node.isRecursive()) {
            throw place.refuse("the value nests deeper than " + LEVELS_MAX + " levels");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(place, scalar);
        }
        Value.Builder value = Value.newBuilder();
        if (node instanceof MappingNode mapping) {
            requireTag(place, node, Tag.MAP);
            value.setStructValue(struct(mapping, path, level));
        } else {
            requireTag(place, node, Tag.SEQ);
            value.setListValue(list((SequenceNode) node, path, level));
        }
        return packed.test(path) ? SchemaText.pack(value.build()) : value.build();
    }

    private ListValue list(SequenceNode node, String path, int level) {
        ListValue.Builder list = ListValue.newBuilder();
        for (Node each : node.getValue()) {
            String here = path + "[" + list.getValuesCount() + "]";
            places.put(here, Place.of(source, each));
            list.addValues(value(each, here, level + 1));
        }
        return list.build();
    }

    private static Value scalar(Place place, ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        Value.Builder value = Value.newBuilder();
        if (tag.equals(Tag.NULL)) {
            return value.setNullValue(NullValue.NULL_VALUE).build();
        }
        if (tag.equals(Tag.BOOL)) {
            return value.setBoolValue(Boolean.parseBoolean(text)).build();
        }
        if (tag.equals(Tag.INT)) {
            return value.setNumberValue(exact(place, text)).build();
        }
        if (tag.equals(Tag.FLOAT)) {
            return value.setNumberValue(fraction(place, text)).build();
        }
        requireTag(place, node, Tag.STR);
        return value.setStringValue(place.requireText(text)).build();
    }

    private static BigInteger whole(Place place, String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        try {
            if (digits.startsWith("0x")) {
                return new BigInteger(digits.substring(2), 16);
            }
            return digits.startsWith("0o") ? new BigInteger(digits.substring(2), 8) : new BigInteger(digits);
        } catch (NumberFormatException e) {
            throw place.refuse("'" + text + "' is not a whole number");
        }
    }

    private static double exact(Place place, String text) {
        BigInteger whole = whole(place, text);
        if (whole.abs().compareTo(EXACT) > 0) {
            throw rounded(place, text);
        }
        return whole.doubleValue();
    }

    private static FailedException rounded(Place place, String text) {
        return place.refuse("the whole number " + text + " lies beyond 2^53 and would be rounded")
                .advise("quotes around it, to keep it as a string: '" + text + "'");
    }

    private static double fraction(Place place, String text) {
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw place.refuse(text + " is not a finite number, and only those are allowed")
                    .advise("a string or null, where the value is not known");
        }
        if (number == Math.rint(number) && Math.abs(number) > EXACT.doubleValue()) {
            throw rounded(place, text);
        }
        return number;
    }

    private static void requireTag(Place place, Node node, Tag tag) {
        if (!node.getTag().equals(tag)) {
            throw place.refuse("tag " + node.getTag() + " is not known")
                    .detail("a value is a string, number, boolean, null, list or mapping");
        }
    }
}
