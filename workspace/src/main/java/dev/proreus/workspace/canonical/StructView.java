package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A read-only look into the canonical content of a Struct, without building a tree. Iterates in the order of keys. */
public final class StructView implements Iterable<Map.Entry<String, ValueView>> {
    /** A Struct without keys. */
    public static final StructView EMPTY = new StructView(ByteString.EMPTY);

    private final ByteString content;

    private StructView(ByteString content) {
        this.content = content;
    }

    /** Returns a view of canonical content; bytes of any other kind give {@link IllegalArgumentException} when read. */
    public static StructView of(ByteString content) {
        return new StructView(content);
    }

    /** Returns the value under a key; {@link ValueView#ABSENT} where there is none. */
    public ValueView find(String key) {
        ByteSpan span = ByteSpan.of(content);
        WireCursor in = span.cursor();
        int end = seek(in, in.end(), key.getBytes(StandardCharsets.UTF_8));
        return end < 0 ? ValueView.ABSENT : ValueView.of(span.slice(in.at(), end));
    }

    /** Returns the value at the end of a path of keys; {@link ValueView#ABSENT} where it leads nowhere. */
    public ValueView find(List<String> path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a path needs a key");
        }
        ByteSpan span = ByteSpan.of(content);
        WireCursor in = span.cursor();
        int end = seek(in, in.end(), path.get(0).getBytes(StandardCharsets.UTF_8));
        for (String key : path.subList(1, path.size())) {
            if (end < 0 || in.at() == end || in.tag(end) != Tags.STRUCT_VALUE) {
                return ValueView.ABSENT;
            }
            end = seek(in, in.block(end), key.getBytes(StandardCharsets.UTF_8));
        }
        return end < 0 ? ValueView.ABSENT : ValueView.of(span.slice(in.at(), end));
    }

    /** Returns whether there are no keys. */
    public boolean isEmpty() {
        return content.isEmpty();
    }

    /** Returns the bytes that this is a view of. */
    public ByteString content() {
        return content;
    }

    @Override
    public Iterator<Map.Entry<String, ValueView>> iterator() {
        return new Entries(ByteSpan.of(content));
    }

    /** Moves the cursor to the value under a key and returns where that ends; -1 where there is none. */
    static int seek(WireCursor in, int end, byte[] key) {
        EntryReader reader = new EntryReader(in, end);
        while (reader.next()) {
            int order = reader.compareKey(key);
            if (order == 0) {
                in.moveTo(reader.valueFrom());
                return reader.valueTo();
            }
            if (order > 0) {
                return -1;
            }
        }
        return -1;
    }

    private static final class Entries implements Iterator<Map.Entry<String, ValueView>> {
        private final ByteSpan span;
        private final WireCursor in;
        private final EntryReader reader;

        private Entries(ByteSpan span) {
            this.span = span;
            this.in = span.cursor();
            this.reader = new EntryReader(in, in.end());
        }

        @Override
        public boolean hasNext() {
            return in.at() < in.end();
        }

        @Override
        public Map.Entry<String, ValueView> next() {
            if (!reader.next()) {
                throw new NoSuchElementException();
            }
            return Map.entry(reader.key(), ValueView.of(span.slice(reader.valueFrom(), reader.valueTo())));
        }
    }
}
