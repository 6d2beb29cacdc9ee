package dev.proreus.cli.manifest;

import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.failure.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The entries of a mapping by key, each key a string that is there once. */
final class Keys {

    private Keys() {}

    /** Returns the entries in the file's order. */
    static Map<String, Entry> of(String source, MappingNode node) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place place = Place.of(source, tuple.getKeyNode());
            String key = key(place, tuple.getKeyNode());
            Entry before = entries.putIfAbsent(key, new Entry(place, tuple.getValueNode()));
            if (before != null) {
                throw place.refuse("key '" + key + "' stands here for the second time; the first is in line "
                        + before.place().line());
            }
        }
        return entries;
    }

    /** Returns the entries, refusing keys other than those known. */
    static Map<String, Entry> of(String source, MappingNode node, String where, List<String> known) {
        Map<String, Entry> entries = of(source, node);
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                throw unknown(entry.place(), key, where, known);
            }
        });
        return entries;
    }

    private static FailedException unknown(Place place, String key, String where, List<String> known) {
        FailedException refused = place.refuse("unknown key '" + key + "' in " + where)
                .detail(where + " has " + String.join(", ", known));
        return Nearest.to(key, known.stream())
                .map(near -> refused.advise("did you mean '" + near + "'?"))
                .orElse(refused);
    }

    private static String key(Place place, Node node) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            return place.requireText(scalar.getValue());
        }
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        throw place.refuse("key " + text + " is not a string").advise("quotes around it: '" + text + "'");
    }
}
