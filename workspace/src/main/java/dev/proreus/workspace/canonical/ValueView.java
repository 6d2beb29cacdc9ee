package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;

/** A read-only look at one canonical {@code google.protobuf.Value}, or at its absence. */
@SuppressWarnings("DoNotCallSuggester") // until the walk stands
public final class ValueView {
    /** What a value is. */
    public enum Kind {
        ABSENT,
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

    /** Returns a view of a canonical Value. */
    public static ValueView of(ByteString encoded) {
        return new ValueView(encoded);
    }

    /** Returns what the value is. */
    public Kind kind() {
        throw new UnsupportedOperationException();
    }

    /** Returns whether there is a value; null is one. */
    public boolean isPresent() {
        return kind() != Kind.ABSENT;
    }

    /** Returns the string; {@code fallback} where the value is something else. */
    public String stringOr(String fallback) {
        throw new UnsupportedOperationException();
    }

    /** Returns the number; {@code fallback} where the value is something else. */
    public double numberOr(double fallback) {
        throw new UnsupportedOperationException();
    }

    /** Returns the truth value; {@code fallback} where the value is something else. */
    public boolean boolOr(boolean fallback) {
        throw new UnsupportedOperationException();
    }

    /** Returns the Struct; an empty one where the value is something else. */
    public StructView struct() {
        throw new UnsupportedOperationException();
    }

    /** Returns the elements of the list; none where the value is something else. */
    public Iterable<ValueView> elements() {
        throw new UnsupportedOperationException();
    }

    /** Returns the canonical Value itself; empty for {@link #ABSENT}. */
    public ByteString encoded() {
        return encoded;
    }
}
