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
@SuppressWarnings("DoNotCallSuggester") // until the walk stands
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
        throw new UnsupportedOperationException();
    }

    /** Returns the annotations, ascending by key. */
    public Map<String, String> annotationMap() {
        throw new UnsupportedOperationException();
    }

    /** Returns the names of the finalizers. */
    public List<String> finalizerNames() {
        throw new UnsupportedOperationException();
    }

    /** Returns the owner references. */
    public List<OwnerReference> owners() {
        throw new UnsupportedOperationException();
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

    /** Returns a copy with other labels; keys and values are right already. */
    public MetaSections withLabels(Map<String, String> newLabels) {
        throw new UnsupportedOperationException();
    }

    /** Returns a copy with other annotations; keys are right already. */
    public MetaSections withAnnotations(Map<String, String> newAnnotations) {
        throw new UnsupportedOperationException();
    }

    /** Returns a copy with other finalizers; the names are right already. */
    public MetaSections withFinalizers(List<String> names) {
        throw new UnsupportedOperationException();
    }
}
