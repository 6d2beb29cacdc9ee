package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A map of strings, ascending by key. */
final class StringMapKind extends MetaKind.Encoded<Map<String, String>> {
    private final int bytesAllowed;
    private final TextRule values;

    /**
     * Makes the kind of a map.
     *
     * @param bytesAllowed of all keys and values
     * @param values the rule of values; keys are keys as {@link dev.proreus.workspace.Names} knows them
     */
    StringMapKind(int bytesAllowed, TextRule values) {
        this.bytesAllowed = bytesAllowed;
        this.values = values;
    }

    @Override
    Object walk(MetaField<?> field, MetadataWalk walk, @Nullable Object before, int end) {
        StringMapWalk map = before == null
                ? new StringMapWalk(field.path(), field.tag(), bytesAllowed, values, walk.in(), walk.violations())
                : (StringMapWalk) before;
        map.entry(walk.in().block(end));
        return map;
    }

    @Override
    Object walked(MetaField<?> field, Object last) {
        return ((StringMapWalk) last).toBytes();
    }

    @Override
    Map<String, String> decode(ByteString entries) {
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

    @Override
    ByteString encode(int tag, Map<String, String> map) {
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
}
