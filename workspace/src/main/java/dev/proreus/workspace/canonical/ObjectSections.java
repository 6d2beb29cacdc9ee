package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * An object split into the sections that commands carry and {@code apply} splices. All bytes in it are canonical.
 *
 * @param apiVersion group and version of its type; empty where not given
 * @param kind kind of its type; empty where not given
 * @param metadata its metadata; empty where not given
 * @param spec content of the spec's Struct, null where the object has no spec (an empty spec is empty bytes)
 * @param status its status, null where the object has none
 */
public record ObjectSections(
        String apiVersion,
        String kind,
        MetaSections metadata,
        @Nullable ByteString spec,
        @Nullable StatusSections status) {
    /** An object in which nothing is given. */
    public static final ObjectSections EMPTY = new ObjectSections("", "", MetaSections.EMPTY, null, null);

    /**
     * Splits bytes that are canonical already, as the store holds them. The sections share the memory of
     * {@code stored}.
     *
     * @throws IllegalArgumentException where they are no encoded object; other deviations are not looked for
     */
    public static ObjectSections decode(ByteString stored) {
        ByteSpan span = ByteSpan.of(stored);
        WireCursor in = span.cursor();
        ObjectSections sections = EMPTY;
        while (in.at() < in.end()) {
            int tag = in.tag(in.end());
            int end = in.block(in.end());
            sections = switch (tag) {
                case Tags.OBJECT_API_VERSION -> sections.withType(in.text(in.at(), end), sections.kind);
                case Tags.OBJECT_KIND -> sections.withType(sections.apiVersion, in.text(in.at(), end));
                case Tags.OBJECT_METADATA -> sections.withMetadata(MetaSections.decode(span, in, end));
                case Tags.OBJECT_SPEC -> sections.withSpec(span.slice(in.at(), end));
                case Tags.OBJECT_STATUS -> sections.withStatus(StatusSections.decode(span.slice(in.at(), end)));
                default ->
                    throw new IllegalArgumentException(
                            "these bytes are no object: one " + Tags.violation(tag, Tags.OBJECT_FIELDS));
            };
            in.moveTo(end);
        }
        return sections;
    }

    /** Returns the canonical bytes of the whole {@code proreus.v1.Object}. */
    public ByteString encode() {
        int metadataBytes = metadata.bytes();
        WireBuffer out = new WireBuffer(192 + metadataBytes + sizeOf(spec));
        out.textUnlessEmpty(Tags.OBJECT_API_VERSION, apiVersion);
        out.textUnlessEmpty(Tags.OBJECT_KIND, kind);
        metadata.encode(Tags.OBJECT_METADATA, metadataBytes, out);
        if (spec != null) {
            out.block(Tags.OBJECT_SPEC, spec);
        }
        if (status != null) {
            int guess = status.body().size();
            int start = out.open(Tags.OBJECT_STATUS, guess);
            status.encode(out);
            out.close(start, guess);
        }
        return out.toBytes();
    }

    /** Returns a copy of another type. */
    public ObjectSections withType(String newApiVersion, String newKind) {
        return new ObjectSections(newApiVersion, newKind, metadata, spec, status);
    }

    /** Returns a copy with other metadata. */
    public ObjectSections withMetadata(MetaSections newMetadata) {
        return new ObjectSections(apiVersion, kind, newMetadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public ObjectSections withSpec(@Nullable ByteString newSpec) {
        return new ObjectSections(apiVersion, kind, metadata, newSpec, status);
    }

    /** Returns a copy with another status. */
    public ObjectSections withStatus(@Nullable StatusSections newStatus) {
        return new ObjectSections(apiVersion, kind, metadata, spec, newStatus);
    }

    private static int sizeOf(@Nullable ByteString bytes) {
        return bytes == null ? 0 : bytes.size();
    }
}
