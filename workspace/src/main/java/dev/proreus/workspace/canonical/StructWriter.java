package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds the canonical content of a Struct, for the objects that the server itself writes. Keys may be put in any
 * order, and a key that is put again has the last value. What breaks a rule of the canonical form is an
 * {@link IllegalArgumentException}.
 */
public final class StructWriter {
    private final TreeMap<ByteString, ByteString> values =
            new TreeMap<>(ByteString.unsignedLexicographicalComparator());

    public StructWriter() {}

    /** Returns the canonical content of a tree of maps, lists, strings, numbers, truth values, nulls and views. */
    public static ByteString write(Map<String, ? extends @Nullable Object> tree) {
        return of(tree).toBytes();
    }

    /** Puts a string. */
    public StructWriter put(String key, String value) {
        return putEncoded(key, ValueBytes.string(value));
    }

    /** Puts a number. */
    public StructWriter put(String key, double value) {
        return putEncoded(key, ValueBytes.number(value));
    }

    /** Puts a truth value. */
    public StructWriter put(String key, boolean value) {
        return putEncoded(key, ValueBytes.bool(value));
    }

    /** Puts a nested Struct as it is now. */
    public StructWriter put(String key, StructWriter nested) {
        return putEncoded(key, ValueBytes.struct(nested.content()));
    }

    /** Puts a list of whatever a tree is made of. */
    public StructWriter put(String key, List<? extends @Nullable Object> elements) {
        return putEncoded(key, encoded(elements));
    }

    /** Puts a value that is canonical already; nothing where it is absent. */
    public StructWriter put(String key, ValueView value) {
        return value.isPresent() ? putEncoded(key, value.encoded()) : this;
    }

    /** Returns the canonical content. */
    public ByteString toBytes() {
        ByteString content = content();
        try {
            return Canonicalizer.spec(content);
        } catch (RefusedException e) {
            throw new IllegalArgumentException(e.text(), e);
        }
    }

    /** Returns the content, not checked. */
    ByteString content() {
        WireBuffer out = new WireBuffer(64);
        values.forEach((key, value) -> {
            int guess = key.size() + value.size();
            int entry = out.open(Tags.ENTRY, guess);
            out.block(Tags.KEY, key);
            out.block(Tags.VALUE, value);
            out.close(entry, guess);
        });
        return out.toBytes();
    }

    private StructWriter putEncoded(String key, ByteString value) {
        values.put(ByteString.copyFromUtf8(key), value);
        return this;
    }

    private static StructWriter of(Map<?, ?> tree) {
        StructWriter writer = new StructWriter();
        tree.forEach((key, value) -> writer.putEncoded((String) key, encoded(value)));
        return writer;
    }

    private static ByteString encoded(@Nullable Object value) {
        if (value == null) {
            return ValueBytes.NULL;
        } else if (value instanceof String text) {
            return ValueBytes.string(text);
        } else if (value instanceof Number number) {
            return ValueBytes.number(exact(number));
        } else if (value instanceof Boolean flag) {
            return ValueBytes.bool(flag);
        } else if (value instanceof Map<?, ?> tree) {
            return ValueBytes.struct(of(tree).content());
        } else if (value instanceof StructWriter nested) {
            return ValueBytes.struct(nested.content());
        } else if (value instanceof ValueView view && view.isPresent()) {
            return view.encoded();
        } else if (value instanceof List<?> elements) {
            List<ByteString> encoded = new ArrayList<>(elements.size());
            for (Object element : elements) {
                encoded.add(encoded(element));
            }
            return ValueBytes.list(encoded);
        }
        throw new IllegalArgumentException(value.getClass() + " has no place in a Struct");
    }

    private static double exact(Number number) {
        double value = number.doubleValue();
        if (number instanceof Long && (long) value != number.longValue()) {
            throw new IllegalArgumentException(number + " is not exact as a double");
        }
        return value;
    }
}
