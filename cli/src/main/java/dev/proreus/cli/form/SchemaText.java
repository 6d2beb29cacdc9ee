package dev.proreus.cli.form;

import com.google.gson.JsonParseException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a resource type in its two forms: inline, as people write and read it, and JSON text, as it travels and
 * is stored, since real schemas nest deeper than an object may.
 */
public final class SchemaText {
    private static final Pattern PATH = Pattern.compile("spec\\.versions\\[[0-9]+]\\.schema");

    private SchemaText() {}

    /** Returns whether objects of this version and kind are resource types. */
    public static boolean isResourceType(String apiVersion, String kind) {
        return apiVersion.startsWith("proreus.dev/") && kind.equals("ResourceType");
    }

    /** Returns whether a schema stands at this path of a resource type. */
    public static boolean isSchema(String path) {
        return PATH.matcher(path).matches();
    }

    /** Returns an inline schema as text. */
    public static Value pack(Value inline) {
        Map<String, @Nullable Object> tree =
                MessageTree.of(Struct.newBuilder().putFields("schema", inline).build());
        return Value.newBuilder()
                .setStringValue(JsonText.compact(tree.get("schema")))
                .build();
    }

    /** Returns the tree of an object as people keep it: of a resource type, with its schemas inline. */
    public static Map<String, @Nullable Object> unpacked(dev.proreus.v1.Object object) {
        Map<String, @Nullable Object> tree = MessageTree.of(object);
        if (isResourceType(object.getApiVersion(), object.getKind())
                && tree.get("spec") instanceof Map<?, ?> spec
                && spec.get("versions") instanceof List<?> versions) {
            Map<String, @Nullable Object> shown = copy(spec);
            List<@Nullable Object> unpacked = new ArrayList<>();
            versions.forEach(version -> unpacked.add(unpack(version)));
            shown.put("versions", unpacked);
            tree.put("spec", shown);
        }
        return tree;
    }

    private static @Nullable Object unpack(@Nullable Object version) {
        if (version instanceof Map<?, ?> fields && fields.get("schema") instanceof String text && !text.isEmpty()) {
            try {
                Map<String, @Nullable Object> shown = copy(fields);
                shown.put("schema", JsonText.parse(text));
                return shown;
            } catch (JsonParseException e) {
                return version;
            }
        }
        return version;
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> from) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        from.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
