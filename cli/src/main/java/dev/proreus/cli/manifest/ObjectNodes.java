package dev.proreus.cli.manifest;

import com.google.protobuf.Struct;
import dev.proreus.cli.form.SchemaText;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Turns the nodes of one document into an object. */
final class ObjectNodes {
    private static final List<String> TOP = List.of("apiVersion", "kind", "metadata", "spec", "status");

    private final Values values;
    private final MessageNodes messages;

    private ObjectNodes(String source, Values values) {
        this.values = values;
        this.messages = new MessageNodes(source, values.places());
    }

    static Manifest manifest(String source, MappingNode document) {
        Map<String, Entry> top = Keys.of(source, document, "an object", TOP);
        Place start = Place.of(source, document);
        String apiVersion = require(start, top, "apiVersion", "such as fleet.example.com/v1")
                .text();
        String kind = require(start, top, "kind", "such as Robot").text();
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
        if (entry.isNull()) {
            return Struct.getDefaultInstance();
        }
        return values.struct(entry.mapping(key), key, 1);
    }

    private ObjectMeta metadata(Entry entry) {
        ObjectMeta.Builder meta = ObjectMeta.newBuilder();
        messages.set(meta, "metadata", entry);
        if (meta.getName().isEmpty()) {
            throw entry.place().refuse("metadata has no name, which says what to apply");
        }
        return meta.build();
    }

    private static Entry require(Place start, Map<String, Entry> entries, String key, String example) {
        Entry entry = entries.get(key);
        if (entry == null || entry.isNull()) {
            throw start.refuse("the object has no " + key + ", " + example);
        }
        return entry;
    }
}
