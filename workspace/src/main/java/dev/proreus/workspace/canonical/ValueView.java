package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A read-only look at one canonical {@code google.protobuf.Value}, or at its absence. */
public final class ValueView {
    /** What a value is. */
    public enum Kind {
        /** There is no value. */
        ABSENT,
        /** It is there, and null. */
        NULL,
        NUMBER,
        STRING,
        BOOL,
        STRUCT,
        LIST
    }

    /** The value that is not there. */
    public static final ValueView ABSENT = new ValueView(ByteString.EMPTY);

    private final ByteString encoded;

    private ValueView(ByteString encoded) {
        this.encoded = encoded;
    }

    /** Returns a view of a canonical Value; bytes of any other kind give {@link IllegalArgumentException} when read. */
    public static ValueView of(ByteString encoded) {
        return encoded.isEmpty() ? ABSENT : new ValueView(encoded);
    }

    /** Returns what the value is. */
    public Kind kind() {
        if (encoded.isEmpty()) {
            return Kind.ABSENT;
        }
        int tag = encoded.byteAt(0);
        return switch (tag) {
            case Tags.NULL_VALUE -> Kind.NULL;
            case Tags.NUMBER_VALUE -> Kind.NUMBER;
            case Tags.STRING_VALUE -> Kind.STRING;
            case Tags.BOOL_VALUE -> Kind.BOOL;
            case Tags.STRUCT_VALUE -> Kind.STRUCT;
            case Tags.LIST_VALUE -> Kind.LIST;
            default ->
                throw new IllegalArgumentException(
                        "these bytes are no Value: one " + Tags.violation(tag & 0xff, Tags.VALUE_FIELDS));
        };
    }

    /** Returns whether there is a value; null is one. */
    public boolean isPresent() {
        return !encoded.isEmpty();
    }

    /** Returns the string; {@code fallback} where the value is something else. */
    public String stringOr(String fallback) {
        if (kind() != Kind.STRING) {
            return fallback;
        }
        WireCursor in = payload();
        return in.text(in.end());
    }

    /** Returns the number; {@code fallback} where the value is something else. */
    public double numberOr(double fallback) {
        if (kind() != Kind.NUMBER) {
            return fallback;
        }
        WireCursor in = payload();
        return Double.longBitsToDouble(in.fixed64(in.end()));
    }

    /** Returns the truth value; {@code fallback} where the value is something else. */
    public boolean boolOr(boolean fallback) {
        if (kind() != Kind.BOOL) {
            return fallback;
        }
        WireCursor in = payload();
        return in.varint(in.end()) != 0;
    }

    /** Returns the Struct; an empty one where the value is something else. */
    public StructView struct() {
        if (kind() != Kind.STRUCT) {
            return StructView.EMPTY;
        }
        WireCursor in = payload();
        int length = in.block(in.end()) - in.at();
        return StructView.of(encoded.substring(encoded.size() - length));
    }

    /** Returns the elements of the list; none where the value is something else. */
    public Iterable<ValueView> elements() {
        return () -> new Elements(kind() == Kind.LIST ? encoded : ByteString.EMPTY);
    }

    /** Returns the canonical Value itself; empty for {@link #ABSENT}. */
    public ByteString encoded() {
        return encoded;
    }

    /** Returns the bytes of the string as UTF-8; 0 where the value is something else. */
    int stringLength() {
        if (kind() != Kind.STRING) {
            return 0;
        }
        WireCursor in = payload();
        return in.block(in.end()) - in.at();
    }

    /** Returns a cursor behind the tag. */
    private WireCursor payload() {
        WireCursor in = ByteSpan.of(encoded).cursor();
        in.tag(in.end());
        return in;
    }

    private static final class Elements implements Iterator<ValueView> {
        private final ByteSpan span;
        private final WireCursor in;

        private Elements(ByteString list) {
            this.span = ByteSpan.of(list);
            this.in = span.cursor();
            if (!list.isEmpty()) {
                in.tag(in.end());
                in.block(in.end());
            }
        }

        @Override
        public boolean hasNext() {
            return in.at() < in.end();
        }

        @Override
        public ValueView next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (in.tag(in.end()) != Tags.ELEMENT) {
                throw new IllegalArgumentException("these bytes are no list");
            }
            int to = in.block(in.end());
            int from = in.at();
            in.moveTo(to);
            return ValueView.of(span.slice(from, to));
        }
    }
}
