package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;

/**
 * Builds the canonical content of a Struct, for the objects that the server itself writes. Keys may be put in any
 * order; what breaks a rule of the canonical form is an {@link IllegalArgumentException}.
 */
@SuppressWarnings("DoNotCallSuggester") // until the walk stands
public final class StructWriter {
    public StructWriter() {}

    /** Returns the canonical content of a tree of maps, lists, strings, numbers, truth values and nulls. */
    public static ByteString write(Map<String, ?> tree) {
        throw new UnsupportedOperationException();
    }

    /** Puts a string. */
    public StructWriter put(String key, String value) {
        throw new UnsupportedOperationException();
    }

    /** Puts a number. */
    public StructWriter put(String key, double value) {
        throw new UnsupportedOperationException();
    }

    /** Puts a truth value. */
    public StructWriter put(String key, boolean value) {
        throw new UnsupportedOperationException();
    }

    /** Puts a nested Struct. */
    public StructWriter put(String key, StructWriter nested) {
        throw new UnsupportedOperationException();
    }

    /** Puts a list of strings, numbers, truth values, maps and lists. */
    public StructWriter put(String key, List<?> elements) {
        throw new UnsupportedOperationException();
    }

    /** Puts a value that is canonical already. */
    public StructWriter put(String key, ValueView value) {
        throw new UnsupportedOperationException();
    }

    /** Returns the canonical content. */
    public ByteString toBytes() {
        throw new UnsupportedOperationException();
    }
}
