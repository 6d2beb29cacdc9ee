package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Selectable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what selectors can see out of an object's canonical bytes, in one walk and without building a tree. */
public final class SelectableReader {
    private static final String[] NONE = {};
    private static final int LABELS = MetaField.LABELS.tag();

    private SelectableReader() {}

    /**
     * Reads labels and fields of an object.
     *
     * @param object bytes of the object, as the store holds them
     * @param paths the fields, in ascending order of their texts
     * @throws IllegalArgumentException where the bytes are no encoded object
     */
    public static Selectable read(String name, ByteString object, List<ScalarPath> paths) {
        WireCursor in = ByteSpan.of(object).cursor();
        List<String> labels = null;
        List<String> fields = null;
        while (in.at() < in.end()) {
            int tag = in.tag(in.end());
            int end = in.block(in.end());
            if (tag == Tags.OBJECT_METADATA) {
                labels = labels(in, end);
            } else if (!paths.isEmpty() && (tag == Tags.OBJECT_SPEC || tag == Tags.OBJECT_STATUS)) {
                fields = fields(tag, in, end, paths, fields);
            }
            in.moveTo(end);
        }
        return labels == null && fields == null
                ? Selectable.named(name)
                : Selectable.ofPairs(name, array(labels), array(fields));
    }

    private static @Nullable List<String> labels(WireCursor in, int end) {
        List<String> pairs = null;
        while (in.at() < end) {
            int tag = in.tag(end);
            if (tag == LABELS) {
                int entryEnd = in.block(end);
                pairs = pairs == null ? new ArrayList<>() : pairs;
                in.tag(entryEnd);
                pairs.add(in.text(entryEnd));
                in.tag(entryEnd);
                pairs.add(in.text(entryEnd));
            } else if (tag > LABELS) {
                return pairs;
            } else {
                in.skip(tag, end);
            }
        }
        return pairs;
    }

    private static @Nullable List<String> fields(
            int section, WireCursor in, int end, List<ScalarPath> paths, @Nullable List<String> before) {
        List<String> pairs = before;
        int start = in.at();
        for (ScalarPath path : paths) {
            if (path.section() == section) {
                in.moveTo(start);
                String value = path.find(in, end);
                if (value != null) {
                    pairs = pairs == null ? new ArrayList<>() : pairs;
                    pairs.add(path.text());
                    pairs.add(value);
                }
            }
        }
        return pairs;
    }

    private static String[] array(@Nullable List<String> pairs) {
        return pairs == null ? NONE : pairs.toArray(NONE);
    }
}
