package dev.proreus.guarantees.record;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.guarantees.Facts;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.State;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes from objects what a recording keeps of them. */
final class ObjectReader {
    private final List<String> fields;

    /** @param fields paths of the fields that selectors may name, such as {@code spec.agent} */
    ObjectReader(List<String> fields) {
        this.fields = List.copyOf(fields);
    }

    State state(String workspace, String type, Object object) {
        ObjectMeta meta = object.getMetadata();
        return new State(
                new Key(workspace, type, meta.getName()),
                meta.getUid(),
                meta.getResourceVersion(),
                meta.getGeneration(),
                Digests.of(object),
                specDigest(object),
                facts(object));
    }

    /** Returns the digest of an object's spec; an absent one counts as empty, as the server stores it. */
    static long specDigest(Object object) {
        return Digests.of(object.getSpec());
    }

    private Facts facts(Object object) {
        Map<String, String> values = new HashMap<>();
        for (String path : fields) {
            String value = text(object, path);
            if (value != null) {
                values.put(path, value);
            }
        }
        Map<String, String> labels = object.getMetadata().getLabelsMap();
        return labels.isEmpty() && values.isEmpty() ? Facts.NONE : new Facts(labels, values);
    }

    @org.jspecify.annotations.Nullable
    private static String text(Object object, String path) {
        String[] parts = path.split("\\.", -1);
        Struct struct = parts[0].equals("status") ? object.getStatus() : object.getSpec();
        for (int i = 1; i < parts.length - 1; i++) {
            struct = struct.getFieldsOrDefault(parts[i], Value.getDefaultInstance())
                    .getStructValue();
        }
        Value value = struct.getFieldsOrDefault(parts[parts.length - 1], Value.getDefaultInstance());
        return value.hasStringValue() ? value.getStringValue() : null;
    }
}
