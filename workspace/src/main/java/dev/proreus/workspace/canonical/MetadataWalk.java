package dev.proreus.workspace.canonical;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The walk over encoded {@code proreus.v1.ObjectMeta} that comes from outside. */
final class MetadataWalk {
    /** What the server appends to {@code generateName}, as far as the rules of names care. */
    private static final String GENERATED = "00000";

    private final WireCursor in;
    private final Violations violations;
    private final StringMapWalk labels;
    private final StringMapWalk annotations;
    private final ScalarWalk scalars;
    private final List<String> finalizers = new ArrayList<>(0);
    private final List<OwnerReference> owners = new ArrayList<>(0);
    private int surplusFinalizers;
    private int surplusOwners;
    private String name = "";
    private String generateName = "";
    private String uid = "";
    private long resourceVersion;
    private long generation;
    private @Nullable Instant creation;
    private @Nullable Instant deletion;

    private MetadataWalk(WireCursor in, Violations violations) {
        this.in = in;
        this.violations = violations;
        this.scalars = new ScalarWalk(in, violations);
        this.labels = StringMapWalk.labels(in, violations);
        this.annotations = StringMapWalk.annotations(in, violations);
    }

    /** Returns the metadata between the cursor and {@code end}, to where the cursor moves. */
    static MetaSections sections(WireCursor in, int end, Violations violations) {
        MetadataWalk walk = new MetadataWalk(in, violations);
        while (in.at() < end) {
            walk.field(in.tag(end), end);
        }
        return walk.sections();
    }

    private MetaSections sections() {
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                labels.toBytes(),
                annotations.toBytes(),
                creation,
                deletion,
                MetadataFields.encodeTexts(finalizers),
                MetadataFields.encodeOwners(owners));
    }

    private void field(int tag, int end) {
        switch (tag) {
            case Tags.META_NAME -> name = name(end);
            case Tags.META_GENERATE_NAME -> generateName = generateName(end);
            case Tags.META_UID -> uid = scalars.uid(tag, "metadata.uid", end);
            case Tags.META_RESOURCE_VERSION -> resourceVersion = scalars.count(tag, "metadata.resourceVersion", end);
            case Tags.META_GENERATION -> generation = scalars.count(tag, "metadata.generation", end);
            case Tags.META_LABELS -> labels.entry(in.block(end));
            case Tags.META_ANNOTATIONS -> annotations.entry(in.block(end));
            case Tags.META_CREATION -> creation = time(tag, "metadata.creationTimestamp", end);
            case Tags.META_DELETION -> deletion = time(tag, "metadata.deletionTimestamp", end);
            case Tags.META_FINALIZERS -> finalizer(end);
            case Tags.META_OWNER_REFERENCES -> owner(in.block(end));
            case Tags.META_NAMESPACE -> namespace(end);
            default -> scalars.stray(tag, Tags.META_FIELDS, "metadata", end);
        }
    }

    private String name(int end) {
        String path = "metadata.name";
        String text = scalars.text(Tags.META_NAME, path, end);
        violations.addUnlessEmpty(path, text.isEmpty() ? "" : Names.violationOfName(text));
        return text;
    }

    private String generateName(int end) {
        String path = "metadata.generateName";
        String prefix = scalars.text(Tags.META_GENERATE_NAME, path, end);
        if (!prefix.isEmpty()) {
            String violation = Names.violationOfName(prefix + GENERATED);
            violations.addUnlessEmpty(path, violation.isEmpty() ? "" : "with five characters appended " + violation);
        }
        return prefix;
    }

    private void namespace(int end) {
        String path = "metadata.namespace";
        if (!scalars.text(Tags.META_NAMESPACE, path, end).isEmpty()) {
            violations.add(path, "must be empty; a child workspace is what a namespace would have been");
        }
    }

    private @Nullable Instant time(int tag, String path, int end) {
        scalars.once(tag, path);
        return Timestamps.walk(path, in, in.block(end), violations);
    }

    private void finalizer(int end) {
        if (finalizers.size() >= Limits.FINALIZERS) {
            in.moveTo(in.block(end));
            refuseMore(surplusFinalizers++, "metadata.finalizers", Limits.FINALIZERS);
            return;
        }
        String path = "metadata.finalizers[" + finalizers.size() + "]";
        String finalizer = scalars.element(path, end);
        violations.addUnlessEmpty(path, Names.violationOfKey(finalizer));
        if (finalizers.contains(finalizer)) {
            violations.add(path, "is there twice");
        }
        finalizers.add(finalizer);
    }

    private void owner(int end) {
        if (owners.size() >= Limits.OWNER_REFERENCES) {
            in.moveTo(end);
            refuseMore(surplusOwners++, "metadata.ownerReferences", Limits.OWNER_REFERENCES);
            return;
        }
        owners.add(OwnerReference.walk("metadata.ownerReferences[" + owners.size() + "]", in, end, violations));
    }

    private void refuseMore(int refusedBefore, String path, int allowed) {
        if (refusedBefore == 0) {
            violations.add(path, "has more than " + allowed + " elements");
        }
    }
}
