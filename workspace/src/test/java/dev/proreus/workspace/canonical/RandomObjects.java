package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.OwnerReference;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Random legal objects as stock messages, whose maps were filled in the canonical order. */
final class RandomObjects {
    private static final String[] KEY_PARTS = {
        "a", "B", "speed", "é", "\uffff", "\ud83e\udd16", "_", "-", " ", "", "0", "\0"
    };

    private static final int SMALL_BYTES = 700;

    private final Random random;

    RandomObjects(Random random) {
        this.random = random;
    }

    Object object() {
        Object.Builder object = Object.newBuilder();
        if (random.nextBoolean()) {
            object.setApiVersion("fleet.example.com/v" + (1 + random.nextInt(3)))
                    .setKind("Robot");
        }
        ObjectMeta metadata = metadata();
        if (metadata.getSerializedSize() > 0) {
            object.setMetadata(metadata);
        }
        if (random.nextInt(4) > 0) {
            object.setSpec(struct(2 + random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            object.setStatus(status());
        }
        return object.build();
    }

    /** The encoding of an object that is small enough for damage to matter. */
    ByteString small() {
        ByteString encoded = object().toByteString();
        while (encoded.isEmpty() || encoded.size() > SMALL_BYTES) {
            encoded = object().toByteString();
        }
        return encoded;
    }

    /** A Struct whose stock encoding is canonical, because a map of a stock message keeps the order of insertion. */
    Struct struct(int levels) {
        Struct.Builder struct = Struct.newBuilder();
        entries(levels).forEach(struct::putFields);
        return struct.build();
    }

    private Map<String, Value> entries(int levels) {
        Map<String, Value> entries = byCodePoint();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 60 : 6); i > 0; i--) {
            entries.put(key(), value(levels - 1));
        }
        return entries;
    }

    private Value value(int levels) {
        Value.Builder value = Value.newBuilder();
        switch (random.nextInt(levels > 0 ? 9 : 6)) {
            case 0 -> value.setNullValue(NullValue.NULL_VALUE);
            case 1 -> value.setBoolValue(random.nextBoolean());
            case 2 -> value.setNumberValue(number());
            case 3 -> value.setNumberValue(random.nextInt(100));
            case 4 -> value.setStringValue(key());
            case 5 -> value.setStringValue("x".repeat(random.nextInt(300)));
            case 6 -> {
                ListValue.Builder list = ListValue.newBuilder();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.addValues(value(levels - 1));
                }
                value.setListValue(list);
            }
            default -> value.setStructValue(struct(levels));
        }
        return value.build();
    }

    private double number() {
        double[] edges = {0.0, -0.0, 0.5, -1, 1L << 53, -(1L << 53), Double.MIN_VALUE, 1e-300, 127, 128};
        return edges[random.nextInt(edges.length)];
    }

    private String key() {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            key.append(KEY_PARTS[random.nextInt(KEY_PARTS.length)]);
        }
        return key.toString();
    }

    private ObjectMeta metadata() {
        ObjectMeta.Builder metadata = ObjectMeta.newBuilder();
        if (random.nextBoolean()) {
            metadata.setName("robot-" + random.nextInt(1000)).setUid(uid());
        } else {
            metadata.setGenerateName("robot-");
        }
        if (random.nextBoolean()) {
            metadata.setResourceVersion(random.nextLong() >>> 1).setGeneration(random.nextInt(300));
            metadata.setCreationTimestamp(time()).setDeletionTimestamp(time());
        }
        strings("label").forEach(metadata::putLabels);
        strings("example.com/note").forEach(metadata::putAnnotations);
        for (int i = random.nextInt(4); i > 0; i--) {
            metadata.addFinalizers("example.com/part-" + i);
            metadata.addOwnerReferences(OwnerReference.newBuilder()
                    .setType("sites.example.com")
                    .setName("site-" + i)
                    .setUid(uid())
                    .setBlockDeletion(random.nextBoolean()));
        }
        return metadata.build();
    }

    private Map<String, String> strings(String stem) {
        Map<String, String> strings = byCodePoint();
        for (int i = random.nextInt(12); i > 0; i--) {
            strings.put(stem + random.nextInt(50), random.nextBoolean() ? "" : "v" + random.nextInt());
        }
        strings.replaceAll((key, value) -> value.replace("-", ""));
        return strings;
    }

    private Struct status() {
        Map<String, Value> entries = entries(3);
        if (random.nextBoolean()) {
            entries.put("observedGeneration", number(random.nextInt(1000)));
        }
        ListValue.Builder conditions = ListValue.newBuilder();
        for (int i = 0; i < 5; i++) {
            if (random.nextBoolean()) {
                conditions.addValues(Value.newBuilder().setStructValue(condition("Type" + i)));
            }
        }
        if (conditions.getValuesCount() > 0) {
            entries.put(
                    "conditions", Value.newBuilder().setListValue(conditions).build());
        }
        Struct.Builder status = Struct.newBuilder();
        entries.forEach(status::putFields);
        return status.build();
    }

    private Struct condition(String type) {
        String[] statuses = {"True", "False", "Unknown"};
        Map<String, Value> entries = byCodePoint();
        entries.put("type", string(type));
        entries.put("status", string(statuses[random.nextInt(3)]));
        if (random.nextBoolean()) {
            entries.put("reason", string("Arrived"));
            entries.put("message", string("at " + random.nextInt()));
            entries.put("observedGeneration", number(random.nextInt(9)));
            entries.put("lastTransitionTime", string("2026-01-31T12:00:00Z"));
            entries.put("severity", value(1));
        }
        Struct.Builder condition = Struct.newBuilder();
        entries.forEach(condition::putFields);
        return condition.build();
    }

    private String uid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Timestamp time() {
        return Timestamp.newBuilder()
                .setSeconds(random.nextInt())
                .setNanos(random.nextBoolean() ? 0 : random.nextInt(1_000_000_000))
                .build();
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private static <V> Map<String, V> byCodePoint() {
        return new TreeMap<>((one, other) -> {
            int[] left = one.codePoints().toArray();
            int[] right = other.codePoints().toArray();
            return java.util.Arrays.compare(left, right);
        });
    }
}
