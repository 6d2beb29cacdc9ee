package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads canonical metadata, and writes and reads its maps and lists, whose encoded fields stay side by side. */
final class MetadataFields {
    private final ByteSpan span;
    private final WireCursor in;
    private final int end;
    private String name = "";
    private String generateName = "";
    private String uid = "";
    private long resourceVersion;
    private long generation;
    private @Nullable Instant creation;
    private @Nullable Instant deletion;

    MetadataFields(ByteSpan span, WireCursor in, int end) {
        this.span = span;
        this.in = in;
        this.end = end;
    }

    MetaSections sections() {
        ByteString[] repeated = new ByteString[Tags.META_FIELDS + 1];
        Arrays.fill(repeated, ByteString.EMPTY);
        while (in.at() < end) {
            int from = in.at();
            int tag = in.tag(end);
            switch (tag) {
                case Tags.META_LABELS, Tags.META_ANNOTATIONS, Tags.META_FINALIZERS, Tags.META_OWNER_REFERENCES ->
                    repeated[tag >>> 3] = run(tag, from);
                default -> singular(tag);
            }
        }
        return new MetaSections(
                name,
                generateName,
                uid,
                resourceVersion,
                generation,
                repeated[Tags.META_LABELS >>> 3],
                repeated[Tags.META_ANNOTATIONS >>> 3],
                creation,
                deletion,
                repeated[Tags.META_FINALIZERS >>> 3],
                repeated[Tags.META_OWNER_REFERENCES >>> 3]);
    }

    private void singular(int tag) {
        switch (tag) {
            case Tags.META_NAME -> name = in.text(end);
            case Tags.META_GENERATE_NAME -> generateName = in.text(end);
            case Tags.META_UID -> uid = in.text(end);
            case Tags.META_RESOURCE_VERSION -> resourceVersion = in.varint(end);
            case Tags.META_GENERATION -> generation = in.varint(end);
            case Tags.META_CREATION -> creation = Timestamps.read(in, in.block(end));
            case Tags.META_DELETION -> deletion = Timestamps.read(in, in.block(end));
            default ->
                throw new IllegalArgumentException(
                        "these bytes are no metadata: one " + Tags.violation(tag, Tags.META_FIELDS));
        }
    }

    /** Returns all fields of one tag, which lie side by side, the first of them at {@code from}. */
    private ByteString run(int tag, int from) {
        in.moveTo(in.block(end));
        int to = in.at();
        while (to < end && in.tag(end) == tag) {
            in.moveTo(in.block(end));
            to = in.at();
        }
        in.moveTo(to);
        return span.slice(from, to);
    }

    static ByteString encodeMap(int tag, Map<String, String> map) {
        TreeMap<ByteString, String> sorted = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        map.forEach((key, value) -> sorted.put(ByteString.copyFromUtf8(key), value));
        WireBuffer out = new WireBuffer(32 * map.size());
        sorted.forEach((key, value) -> {
            int guess = key.size() + value.length();
            int entry = out.open(tag, guess);
            out.block(Tags.KEY, key);
            out.text(Tags.VALUE, value);
            out.close(entry, guess);
        });
        return out.toBytes();
    }

    static Map<String, String> stringMap(ByteString entries) {
        Map<String, String> map = new LinkedHashMap<>();
        WireCursor in = ByteSpan.of(entries).cursor();
        while (in.at() < in.end()) {
            in.tag(in.end());
            int entryEnd = in.block(in.end());
            in.tag(entryEnd);
            String key = in.text(entryEnd);
            in.tag(entryEnd);
            map.put(key, in.text(entryEnd));
        }
        return Collections.unmodifiableMap(map);
    }

    static ByteString encodeTexts(List<String> finalizers) {
        WireBuffer out = new WireBuffer(32 * finalizers.size());
        finalizers.forEach(finalizer -> out.text(Tags.META_FINALIZERS, finalizer));
        return out.toBytes();
    }

    static List<String> texts(ByteString fields) {
        List<String> texts = new ArrayList<>();
        WireCursor in = ByteSpan.of(fields).cursor();
        while (in.at() < in.end()) {
            in.tag(in.end());
            texts.add(in.text(in.end()));
        }
        return Collections.unmodifiableList(texts);
    }

    static ByteString encodeOwners(List<OwnerReference> owners) {
        WireBuffer out = new WireBuffer(128 * owners.size());
        for (OwnerReference owner : owners) {
            int start = out.open(Tags.META_OWNER_REFERENCES, 128);
            owner.write(out);
            out.close(start, 128);
        }
        return out.toBytes();
    }

    static List<OwnerReference> owners(ByteString fields) {
        List<OwnerReference> owners = new ArrayList<>();
        WireCursor in = ByteSpan.of(fields).cursor();
        while (in.at() < in.end()) {
            in.tag(in.end());
            owners.add(OwnerReference.read(in, in.block(in.end())));
        }
        return Collections.unmodifiableList(owners);
    }
}
