package dev.proreus.cli.manifest;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import dev.proreus.cli.form.SchemaText;
import dev.proreus.cli.manifest.Keys.Entry;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.OwnerReference;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the nodes of one document into an object: its top-level keys and those of its metadata are known by name. */
final class ObjectNodes {
    private static final List<String> TOP = List.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final List<String> META = List.of(
            "name",
            "generateName",
            "uid",
            "resourceVersion",
            "generation",
            "labels",
            "annotations",
            "creationTimestamp",
            "deletionTimestamp",
            "finalizers",
            "ownerReferences",
            "namespace");
    private static final List<String> OWNER = List.of("type", "name", "uid", "blockDeletion");

    private final String source;
    private final Values values;

    private ObjectNodes(String source, Values values) {
        this.source = source;
        this.values = values;
    }

    static Manifest manifest(String source, MappingNode document) {
        Map<String, Entry> top = Keys.of(source, document, "an object", TOP);
        Place start = Place.of(source, document);
        String apiVersion = text(require(start, top, "apiVersion", "such as fleet.example.com/v1"));
        String kind = text(require(start, top, "kind", "such as Robot"));
        Predicate<String> packed = SchemaText.isResourceType(apiVersion, kind) ? SchemaText::isSchema : path -> false;
        ObjectNodes nodes = new ObjectNodes(source, new Values(source, packed));
        Object.Builder object = Object.newBuilder().setApiVersion(apiVersion).setKind(kind);
        object.setMetadata(nodes.metadata(require(start, top, "metadata", "with a name")));
        top.forEach((key, entry) -> {
            nodes.values.places().put(key, entry.place());
            if (key.equals("spec")) {
                object.setSpec(nodes.struct(key, entry));
            } else if (key.equals("status")) {
                object.setStatus(nodes.struct(key, entry));
            }
        });
        return new Manifest(object.build(), start, nodes.values.places());
    }

    private Struct struct(String key, Entry entry) {
        if (isNull(entry.value())) {
            return Struct.getDefaultInstance();
        }
        return values.struct(mapping(entry, key), key, 1);
    }

    private ObjectMeta metadata(Entry metadata) {
        ObjectMeta.Builder meta = ObjectMeta.newBuilder();
        Map<String, Entry> entries = Keys.of(source, mapping(metadata, "metadata"), "metadata", META);
        entries.forEach((key, entry) -> {
            values.places().put("metadata." + key, entry.place());
            if (!isNull(entry.value())) {
                set(meta, key, entry);
            }
        });
        if (meta.getName().isEmpty()) {
            throw metadata.place().refuse("metadata has no name, which says what to apply");
        }
        return meta.build();
    }

    private void set(ObjectMeta.Builder meta, String key, Entry entry) {
        switch (key) {
            case "name" -> meta.setName(text(entry));
            case "generateName" -> meta.setGenerateName(text(entry));
            case "uid" -> meta.setUid(text(entry));
            case "namespace" -> meta.setNamespace(text(entry));
            case "resourceVersion" -> meta.setResourceVersion(whole(entry));
            case "generation" -> meta.setGeneration(whole(entry));
            case "labels" -> texts("metadata.labels", entry).forEach(meta::putLabels);
            case "annotations" -> texts("metadata.annotations", entry).forEach(meta::putAnnotations);
            case "creationTimestamp" -> meta.setCreationTimestamp(time(entry));
            case "deletionTimestamp" -> meta.setDeletionTimestamp(time(entry));
            case "finalizers" -> sequence(entry).forEach(each -> meta.addFinalizers(text(each)));
            default -> sequence(entry).forEach(each -> meta.addOwnerReferences(owner(each)));
        }
    }

    private OwnerReference owner(Entry entry) {
        OwnerReference.Builder owner = OwnerReference.newBuilder();
        Keys.of(source, mapping(entry, "ownerReferences"), "an owner reference", OWNER)
                .forEach((key, value) -> {
                    switch (key) {
                        case "type" -> owner.setType(text(value));
                        case "name" -> owner.setName(text(value));
                        case "uid" -> owner.setUid(text(value));
                        default -> owner.setBlockDeletion(truth(value));
                    }
                });
        return owner.build();
    }

    private Map<String, String> texts(String path, Entry entry) {
        Map<String, String> texts = new LinkedHashMap<>();
        Keys.of(source, mapping(entry, path)).forEach((key, value) -> {
            values.places().put(path + "." + key, value.place());
            texts.put(key, text(value));
        });
        return texts;
    }

    private List<Entry> sequence(Entry entry) {
        if (entry.value() instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(each -> new Entry(Place.of(source, each), each))
                    .toList();
        }
        throw entry.place().refuse("a list is wanted here");
    }

    private static MappingNode mapping(Entry entry, String what) {
        if (entry.value() instanceof MappingNode mapping) {
            return mapping;
        }
        throw entry.place().refuse(what + " must be a mapping of keys to values");
    }

    private static Entry require(Place start, Map<String, Entry> entries, String key, String example) {
        Entry entry = entries.get(key);
        if (entry == null || isNull(entry.value())) {
            throw start.refuse("the object has no " + key + ", " + example);
        }
        return entry;
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private static String text(Entry entry) {
        if (entry.value() instanceof ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.STR)) {
                return entry.place().requireText(scalar.getValue());
            }
            throw entry.place()
                    .refuse(scalar.getValue() + " is not a string, which is wanted here")
                    .advise("quotes around it: '" + scalar.getValue() + "'");
        }
        throw entry.place().refuse("a string is wanted here");
    }

    private static long whole(Entry entry) {
        if (entry.value() instanceof ScalarNode scalar && scalar.getValue().matches("[0-9]{1,18}")) {
            return Long.parseLong(scalar.getValue());
        }
        throw entry.place().refuse("a whole number is wanted here");
    }

    private static boolean truth(Entry entry) {
        if (entry.value() instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(scalar.getValue());
        }
        throw entry.place().refuse("true or false is wanted here");
    }

    private static Timestamp time(Entry entry) {
        String text = text(entry);
        try {
            Instant instant = Instant.parse(text);
            return Timestamp.newBuilder()
                    .setSeconds(instant.getEpochSecond())
                    .setNanos(instant.getNano())
                    .build();
        } catch (DateTimeException e) {
            throw entry.place().refuse("'" + text + "' is not a time such as 2026-11-23T01:46:00Z");
        }
    }
}
