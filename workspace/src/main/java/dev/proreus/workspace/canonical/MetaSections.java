package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an object: a value for each {@link MetaField}. Immutable. Maps and lists are kept as their encoded
 * fields, so that they are copied and compared without being parsed.
 */
public final class MetaSections {
    /** Metadata in which nothing is given. */
    public static final MetaSections EMPTY = new MetaSections(new @Nullable Object[MetaField.ALL.length]);

    /** Bytes of tags, lengths, numbers and times, as objects mostly have them. */
    private static final int BYTES_BESIDE_TEXT = 32;

    /** What is held of each field, at its index; null where it is absent. */
    private final @Nullable Object[] held;

    /** Makes metadata of an array that nobody else changes. */
    MetaSections(@Nullable Object[] held) {
        this.held = held;
    }

    /** Returns the value of a field; where it is absent the empty one, or zero. */
    public <T> T get(MetaField<T> field) {
        return field.value(held[field.index()]);
    }

    /** Returns whether a field is there. */
    public boolean has(MetaField<?> field) {
        return held[field.index()] != null;
    }

    /** Returns a copy with another value of a field, which is right already; the empty one, or zero, takes it away. */
    public <T> MetaSections with(MetaField<T> field, T value) {
        @Nullable Object[] copy = held.clone();
        copy[field.index()] = field.held(value);
        return new MetaSections(copy);
    }

    /** Returns the object's name; empty where not given. */
    public String name() {
        return get(MetaField.NAME);
    }

    /** Returns the prefix of a name that the server completes; empty where not given. */
    public String generateName() {
        return get(MetaField.GENERATE_NAME);
    }

    /** Returns the lower-case UUID; empty where not given. */
    public String uid() {
        return get(MetaField.UID);
    }

    /** Returns the revision at which the object last changed; 0 where not given. */
    public long resourceVersion() {
        return get(MetaField.RESOURCE_VERSION);
    }

    /** Returns the count of spec changes; 0 where not given. */
    public long generation() {
        return get(MetaField.GENERATION);
    }

    /** Returns the labels, ascending by key. */
    public Map<String, String> labelMap() {
        return get(MetaField.LABELS);
    }

    /** Returns the annotations, ascending by key. */
    public Map<String, String> annotationMap() {
        return get(MetaField.ANNOTATIONS);
    }

    /** Returns when the object was created; null where not given. */
    public @Nullable Instant creation() {
        return get(MetaField.CREATION).orElse(null);
    }

    /** Returns when its deletion was asked for; null where it was not. */
    public @Nullable Instant deletion() {
        return get(MetaField.DELETION).orElse(null);
    }

    /** Returns the names of the finalizers, in the order given. */
    public List<String> finalizerNames() {
        return get(MetaField.FINALIZERS);
    }

    /** Returns the owner references, in the order given. */
    public List<OwnerReference> owners() {
        return get(MetaField.OWNER_REFERENCES);
    }

    /** Returns a copy with another name and no {@code generateName}, which a name makes void. */
    public MetaSections withName(String name) {
        MetaSections copy = with(MetaField.NAME, name);
        copy.held[MetaField.GENERATE_NAME.index()] = null;
        return copy;
    }

    /** Returns a copy with another uid. */
    public MetaSections withUid(String uid) {
        return with(MetaField.UID, uid);
    }

    /** Returns a copy with another resource version. */
    public MetaSections withResourceVersion(long resourceVersion) {
        return with(MetaField.RESOURCE_VERSION, resourceVersion);
    }

    /** Returns a copy with another generation. */
    public MetaSections withGeneration(long generation) {
        return with(MetaField.GENERATION, generation);
    }

    /** Returns a copy with another time of creation. */
    public MetaSections withCreation(@Nullable Instant creation) {
        return with(MetaField.CREATION, Optional.ofNullable(creation));
    }

    /** Returns a copy with another time of deletion. */
    public MetaSections withDeletion(@Nullable Instant deletion) {
        return with(MetaField.DELETION, Optional.ofNullable(deletion));
    }

    /** Returns a copy with other labels; keys and values are right already. */
    public MetaSections withLabels(Map<String, String> labels) {
        return with(MetaField.LABELS, labels);
    }

    /** Returns a copy with other annotations; the keys are right already. */
    public MetaSections withAnnotations(Map<String, String> annotations) {
        return with(MetaField.ANNOTATIONS, annotations);
    }

    /** Returns a copy with other finalizers; the names are right already. */
    public MetaSections withFinalizers(List<String> names) {
        return with(MetaField.FINALIZERS, names);
    }

    /** Returns a copy with other owner references, which are right already. */
    public MetaSections withOwners(List<OwnerReference> owners) {
        return with(MetaField.OWNER_REFERENCES, owners);
    }

    /** Returns what users give of this metadata to an object that is created: all but what the server alone sets. */
    public MetaSections givenAtCreation() {
        @Nullable Object[] given = held.clone();
        for (MetaField<?> field : MetaField.ALL) {
            if (field.rule() == WriteRule.SERVER) {
                given[field.index()] = null;
            }
        }
        return new MetaSections(given);
    }

    /**
     * Returns what is left of this metadata by a write of users to the object, each field after its rule.
     *
     * @param given metadata that the write gives
     * @param apply whether it is Apply; else it is Update
     */
    public MetaSections replacedBy(MetaSections given, boolean apply) {
        @Nullable Object[] left = held.clone();
        for (int i = 0; i < left.length; i++) {
            Object wanted = given.held[i];
            if (MetaField.ALL[i].rule().replaces(apply, wanted != null)) {
                left[i] = wanted;
            }
        }
        return new MetaSections(left);
    }

    /** Returns the bytes of its texts, maps and lists, which is most of what it takes. */
    public int bytes() {
        int bytes = 0;
        for (Object each : held) {
            if (each instanceof String text) {
                bytes += text.length();
            } else if (each instanceof ByteString encoded) {
                bytes += encoded.size();
            }
        }
        return bytes;
    }

    /**
     * Writes the metadata as a field, unless nothing in it is given.
     *
     * @param bytes as {@link #bytes}
     */
    void encode(int tag, int bytes, WireBuffer out) {
        int before = out.size();
        int guess = BYTES_BESIDE_TEXT + bytes;
        int start = out.open(tag, guess);
        for (int i = 0; i < held.length; i++) {
            Object value = held[i];
            if (value != null) {
                MetaField.ALL[i].write(value, out);
            }
        }
        if (out.size() == start) {
            out.cut(before);
        } else {
            out.close(start, guess);
        }
    }

    /** Reads canonical metadata between the cursor and {@code end}. */
    static MetaSections decode(ByteSpan span, WireCursor in, int end) {
        @Nullable Object[] held = new @Nullable Object[MetaField.ALL.length];
        while (in.at() < end) {
            int from = in.at();
            int tag = in.tag(end);
            MetaField<?> field = MetaField.of(tag);
            if (field == null) {
                throw MetaField.isNoMetadata(tag);
            }
            held[field.index()] = field.read(span, in, from, end);
        }
        return new MetaSections(held);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof MetaSections that)) {
            return false;
        }
        for (int i = 0; i < held.length; i++) {
            Object value = held[i];
            // A copy shares what it did not change with what it was made of.
            if (value != that.held[i] && (value == null || !value.equals(that.held[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(held);
    }

    /** Returns the fields that are there. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("MetaSections[");
        for (MetaField<?> field : MetaField.ALL) {
            if (has(field)) {
                text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ")
                        .append(field)
                        .append('=')
                        .append(get(field));
            }
        }
        return text.append(']').toString();
    }
}
