package dev.proreus.cli.field;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.cli.form.JsonText;
import dev.proreus.cli.form.MessageTree;
import dev.proreus.v1.Object;
import java.util.List;
import java.util.Optional;

/**
 * Where in an object a value stands, such as {@code spec.target}: keys joined by dots, below {@code spec},
 * {@code status}, {@code metadata.labels} or {@code metadata.annotations}, or {@code metadata.name} and
 * {@code metadata.uid}; a number picks from a list.
 */
public final class FieldPath {
    private static final int SHOWN_CHARS_MAX = 80;

    private final String root;
    private final List<String> keys;

    private FieldPath(String root, List<String> keys) {
        this.root = root;
        this.keys = keys;
    }

    /** Reads a path; one that leads nowhere finds nothing. */
    public static FieldPath of(String text) {
        List<String> parts = List.of((text.startsWith(".") ? text.substring(1) : text).split("\\."));
        return new FieldPath(parts.get(0), parts.subList(1, parts.size()));
    }

    /** Returns the value there as a word for a cell of a table; empty where there is none. */
    public String word(Object object) {
        if (root.equals("metadata")) {
            return metadata(object);
        }
        return find(object).map(FieldPath::word).orElse("");
    }

    /** Returns the value there, below spec or status. */
    public Optional<Value> find(Object object) {
        Optional<Value> here = switch (root) {
            case "spec" -> Optional.of(value(object.getSpec()));
            case "status" -> Optional.of(value(object.getStatus()));
            default -> Optional.empty();
        };
        for (String key : keys) {
            here = here.flatMap(value -> step(value, key));
        }
        return here;
    }

    private static Value value(Struct struct) {
        return Value.newBuilder().setStructValue(struct).build();
    }

    private String metadata(Object object) {
        String field = keys.isEmpty() ? "" : keys.get(0);
        String key = String.join(".", keys.subList(Math.min(1, keys.size()), keys.size()));
        return switch (field) {
            case "name" -> object.getMetadata().getName();
            case "uid" -> object.getMetadata().getUid();
            case "labels" -> object.getMetadata().getLabelsOrDefault(key, "");
            case "annotations" -> object.getMetadata().getAnnotationsOrDefault(key, "");
            default -> "";
        };
    }

    private static Optional<Value> step(Value from, String key) {
        if (from.hasStructValue()) {
            return Optional.ofNullable(from.getStructValue().getFieldsMap().get(key));
        }
        ListValue list = from.getListValue();
        boolean index = key.matches("[0-9]{1,6}") && Integer.parseInt(key) < list.getValuesCount();
        return index ? Optional.of(list.getValues(Integer.parseInt(key))) : Optional.empty();
    }

    private static String word(Value value) {
        if (value.hasStringValue()) {
            return value.getStringValue();
        }
        String text = JsonText.compact(
                MessageTree.of(Struct.newBuilder().putFields("value", value).build())
                        .get("value"));
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX);
    }
}
