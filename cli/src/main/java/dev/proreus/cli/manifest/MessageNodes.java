package dev.proreus.cli.manifest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * Sets the fields of a message by its descriptor: keys are JSON names, and what is wanted of a value follows from the
 * field's type, so that a field which the protocol gains needs nothing here.
 */
final class MessageNodes {
    private final String source;
    private final Map<String, Place> places;

    /** @param places where it notes which value stands where */
    MessageNodes(String source, Map<String, Place> places) {
        this.source = source;
        this.places = places;
    }

    /** Sets what is given of the message at a path; null is the same as not given. */
    void set(Message.Builder message, String path, Entry given) {
        entries(message, given.mapping(path), path).forEach((field, entry) -> {
            String place = path + "." + field.getJsonName();
            places.put(place, entry.place());
            if (!entry.isNull()) {
                set(message, field, place, entry);
            }
        });
    }

    private void set(Message.Builder message, FieldDescriptor field, String path, Entry entry) {
        if (field.isMapField()) {
            texts(path, entry).forEach((key, text) -> message.addRepeatedField(field, pair(message, field, key, text)));
        } else if (field.isRepeated()) {
            entry.sequence().forEach(each -> message.addRepeatedField(field, value(message, field, each)));
        } else {
            message.setField(field, value(message, field, entry));
        }
    }

    private Object value(Message.Builder message, FieldDescriptor field, Entry entry) {
        return switch (field.getJavaType()) {
            case STRING -> entry.text();
            case LONG -> entry.whole();
            case BOOLEAN -> entry.truth();
            case MESSAGE ->
                field.getMessageType().equals(Timestamp.getDescriptor())
                        ? timestamp(entry.time())
                        : inner(message.newBuilderForField(field), field, entry);
            default -> throw new IllegalStateException("no manifest can say " + field.getFullName() + " yet");
        };
    }

    /** Reads a message within a message, which is refused by what it is: no violation names a place in it. */
    private Message inner(Message.Builder inner, FieldDescriptor field, Entry given) {
        entries(inner, given.mapping(field.getJsonName()), inWords(inner.getDescriptorForType()))
                .forEach((each, entry) -> inner.setField(each, value(inner, each, entry)));
        return inner.build();
    }

    /** Returns what is given of a message, in the file's order; refuses keys that are no fields. */
    private Map<FieldDescriptor, Entry> entries(Message.Builder message, MappingNode node, String what) {
        Map<String, FieldDescriptor> fields = new LinkedHashMap<>();
        message.getDescriptorForType().getFields().forEach(field -> fields.put(field.getJsonName(), field));
        Map<FieldDescriptor, Entry> entries = new LinkedHashMap<>();
        Keys.of(source, node, what, List.copyOf(fields.keySet()))
                .forEach((key, entry) -> entries.put(Objects.requireNonNull(fields.get(key)), entry));
        return entries;
    }

    private Map<String, String> texts(String path, Entry entry) {
        Map<String, String> texts = new LinkedHashMap<>();
        Keys.of(source, entry.mapping(path)).forEach((key, value) -> {
            places.put(path + "." + key, value.place());
            texts.put(key, value.text());
        });
        return texts;
    }

    private static Message pair(Message.Builder message, FieldDescriptor field, String key, String value) {
        Descriptor type = field.getMessageType();
        return message.newBuilderForField(field)
                .setField(type.findFieldByName("key"), key)
                .setField(type.findFieldByName("value"), value)
                .build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /** Returns the name of a message as people say it, such as an owner reference. */
    private static String inWords(Descriptor type) {
        String words = type.getName().replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return ("aeiou".indexOf(words.charAt(0)) < 0 ? "a " : "an ") + words;
    }
}
