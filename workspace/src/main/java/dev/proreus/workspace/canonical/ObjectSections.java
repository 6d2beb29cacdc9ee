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
@SuppressWarnings("DoNotCallSuggester") // until the walk stands
public record ObjectSections(
        String apiVersion,
        String kind,
        MetaSections metadata,
        @Nullable ByteString spec,
        @Nullable StatusSections status) {
    /**
     * Splits bytes that are canonical already, as the store holds them. The sections share the memory of
     * {@code stored}.
     *
     * @throws IllegalArgumentException where they are no encoded object; other deviations are not looked for
     */
    public static ObjectSections decode(ByteString stored) {
        throw new UnsupportedOperationException();
    }

    /** Returns the canonical bytes of the whole {@code proreus.v1.Object}. */
    public ByteString encode() {
        throw new UnsupportedOperationException();
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
}
