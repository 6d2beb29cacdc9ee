package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A read-only look into the canonical content of a Struct, without building a tree. Iterates in the order of keys. */
@SuppressWarnings("DoNotCallSuggester") // until the walk stands
public final class StructView implements Iterable<Map.Entry<String, ValueView>> {
    /** A Struct without keys. */
    public static final StructView EMPTY = new StructView(ByteString.EMPTY);

    private final ByteString content;

    private StructView(ByteString content) {
        this.content = content;
    }

    /**
     * Returns a view of canonical content; anything else gives undefined answers or {@link IllegalArgumentException}.
     */
    public static StructView of(ByteString content) {
        return new StructView(content);
    }

    /** Returns the value under a key; {@link ValueView#ABSENT} where there is none. */
    public ValueView find(String key) {
        throw new UnsupportedOperationException();
    }

    /** Returns the value at the end of a path of keys; {@link ValueView#ABSENT} where it leads nowhere. */
    public ValueView find(List<String> path) {
        throw new UnsupportedOperationException();
    }

    /** Returns the bytes that this is a view of. */
    public ByteString content() {
        return content;
    }

    @Override
    public Iterator<Map.Entry<String, ValueView>> iterator() {
        throw new UnsupportedOperationException();
    }
}
