package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The way to one scalar value in an object's spec or status, such as spec.agent, ready to be walked. */
public final class ScalarPath {
    private final String text;
    private final int section;
    private final byte[][] keys;

    private ScalarPath(String text, int section, byte[][] keys) {
        this.text = text;
        this.section = section;
        this.keys = keys;
    }

    /** Returns the path of a text: spec or status, then keys, each after a dot. */
    public static ScalarPath of(String text) {
        String[] parts = text.split("\\.", -1);
        int section = switch (parts[0]) {
            case "spec" -> Tags.OBJECT_SPEC;
            case "status" -> Tags.OBJECT_STATUS;
            default -> throw new IllegalArgumentException(text + " leads neither into spec nor into status");
        };
        if (parts.length == 1) {
            throw new IllegalArgumentException(text + " names no field");
        }
        byte[][] keys = new byte[parts.length - 1][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = parts[i + 1].getBytes(StandardCharsets.UTF_8);
        }
        return new ScalarPath(text, section, keys);
    }

    public String text() {
        return text;
    }

    /** Returns the value, as a text, in the canonical content of the section's Struct; null where it is no scalar. */
    public @Nullable String find(ByteString content) {
        WireCursor in = ByteSpan.of(content).cursor();
        return find(in, in.end());
    }

    /** Returns the tag of the section that it leads into. */
    int section() {
        return section;
    }

    /** Returns the value, as a text, in the Struct content between the cursor and {@code end}. */
    @Nullable
    String find(WireCursor in, int end) {
        int valueEnd = StructView.seek(in, end, keys[0]);
        for (int i = 1; i < keys.length; i++) {
            if (valueEnd < 0 || in.at() == valueEnd || in.tag(valueEnd) != Tags.STRUCT_VALUE) {
                return null;
            }
            valueEnd = StructView.seek(in, in.block(valueEnd), keys[i]);
        }
        return valueEnd < 0 || in.at() == valueEnd ? null : scalar(in, valueEnd);
    }

    private static @Nullable String scalar(WireCursor in, int end) {
        return switch (in.tag(end)) {
            case Tags.STRING_VALUE -> in.text(end);
            case Tags.NUMBER_VALUE -> NumberText.of(Double.longBitsToDouble(in.fixed64(end)));
            case Tags.BOOL_VALUE -> in.varint(end) == 0 ? "false" : "true";
            default -> null;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
