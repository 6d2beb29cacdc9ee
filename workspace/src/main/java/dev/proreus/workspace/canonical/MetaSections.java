package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an object. Maps and lists are kept as their encoded fields, tags included, so that they are copied
 * and compared without being parsed.
 *
 * @param name name of the object; empty where not given
 * @param generateName prefix of a name that the server completes; empty where not given
 * @param uid lower-case UUID; empty where not given
 * @param resourceVersion revision at which the object last changed; 0 where not given
 * @param generation count of spec changes; 0 where not given
 * @param labels encoded label entries, ascending by key
 * @param annotations encoded annotation entries, ascending by key
 * @param creation when the object was created; null where not given
 * @param deletion when its deletion was asked for; null where it was not
 * @param finalizers encoded names of finalizers, in the order given
 * @param ownerReferences encoded owner references, in the order given
 */
public record MetaSections(
        String name,
        String generateName,
        String uid,
        long resourceVersion,
        long generation,
        ByteString labels,
        ByteString annotations,
        @Nullable Instant creation,
        @Nullable Instant deletion,
        ByteString finalizers,
        ByteString ownerReferences) {
    /** Metadata in which nothing is given. */
    public static final MetaSections EMPTY = new MetaSections(
            "", "", "", 0, 0, ByteString.EMPTY, ByteString.EMPTY, null, null, ByteString.EMPTY, ByteString.EMPTY);

    /** Returns the labels, ascending by key. */
    public Map<String, String> labelMap() {
        return MetadataFields.stringMap(labels);
    }

    /** Returns the annotations, ascending by key. */
    public Map<String, String> annotationMap() {
        return MetadataFields.stringMap(annotations);
    }

    /** Returns the names of the finalizers. */
    public List<String> finalizerNames() {
        return MetadataFields.texts(finalizers);
    }

    /** Returns the owner references. */
    public List<OwnerReference> owners() {
        return MetadataFields.owners(ownerReferences);
    }

    /** Returns a copy with another name and no {@code generateName}, which a name makes void. */
    public MetaSections withName(String newName) {
        return new MetaSections(
                newName,
                "",
                uid,
                resourceVersion,
                generation,
                labels,
                annotations,
                creation,
                deletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with another uid. */
    public MetaSections withUid(String newUid) {
        return new MetaSections(
                name,
                generateName,
                newUid,
                resourceVersion,
                generation,
                labels,
                annotations,
                creation,
                deletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with another resource version. */
    public MetaSections withResourceVersion(long newResourceVersion) {
        return new MetaSections(
                name,
                generateName,
                uid,
                newResourceVersion,
                generation,
                labels,
                annotations,
                creation,
                deletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with another generation. */
    public MetaSections withGeneration(long newGeneration) {
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                newGeneration,
                labels,
                annotations,
                creation,
                deletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with another time of creation. */
    public MetaSections withCreation(@Nullable Instant newCreation) {
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                labels,
                annotations,
                newCreation,
                deletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with another time of deletion. */
    public MetaSections withDeletion(@Nullable Instant newDeletion) {
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                labels,
                annotations,
                creation,
                newDeletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with other labels and annotations, as another object's sections hold them. */
    public MetaSections withEncodedMaps(ByteString newLabels, ByteString newAnnotations) {
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                newLabels,
                newAnnotations,
                creation,
                deletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with other finalizers, as another object's sections hold them. */
    public MetaSections withEncodedFinalizers(ByteString newFinalizers) {
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                labels,
                annotations,
                creation,
                deletion,
                newFinalizers,
                ownerReferences);
    }

    /** Returns a copy with other labels; keys and values are right already. */
    public MetaSections withLabels(Map<String, String> newLabels) {
        ByteString encoded = MetadataFields.encodeMap(Tags.META_LABELS, newLabels);
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                encoded,
                annotations,
                creation,
                deletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with other annotations; the keys are right already. */
    public MetaSections withAnnotations(Map<String, String> newAnnotations) {
        ByteString encoded = MetadataFields.encodeMap(Tags.META_ANNOTATIONS, newAnnotations);
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                labels,
                encoded,
                creation,
                deletion,
                finalizers,
                ownerReferences);
    }

    /** Returns a copy with other finalizers; the names are right already. */
    public MetaSections withFinalizers(List<String> names) {
        ByteString encoded = MetadataFields.encodeTexts(names);
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                labels,
                annotations,
                creation,
                deletion,
                encoded,
                ownerReferences);
    }

    /** Returns a copy with other owner references, which are right already. */
    public MetaSections withOwners(List<OwnerReference> owners) {
        ByteString encoded = MetadataFields.encodeOwners(owners);
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                labels,
                annotations,
                creation,
                deletion,
                finalizers,
                encoded);
    }

    /** Writes the metadata as a field, unless nothing in it is given. */
    void encode(int tag, WireBuffer out) {
        int before = out.size();
        int guess = 128 + labels.size() + annotations.size();
        int start = out.open(tag, guess);
        out.textUnlessEmpty(Tags.META_NAME, name);
        out.textUnlessEmpty(Tags.META_GENERATE_NAME, generateName);
        out.textUnlessEmpty(Tags.META_UID, uid);
        out.varintUnlessZero(Tags.META_RESOURCE_VERSION, resourceVersion);
        out.varintUnlessZero(Tags.META_GENERATION, generation);
        out.raw(labels);
        out.raw(annotations);
        Timestamps.write(Tags.META_CREATION, creation, out);
        Timestamps.write(Tags.META_DELETION, deletion, out);
        out.raw(finalizers);
        out.raw(ownerReferences);
        if (out.size() == start) {
            out.cut(before);
        } else {
            out.close(start, guess);
        }
    }

    /** Reads canonical metadata between the cursor and {@code end}. */
    static MetaSections decode(ByteSpan span, WireCursor in, int end) {
        return new MetadataFields(span, in, end).sections();
    }
}
