package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a field of metadata can hold, and how that is read, from outside or in canonical form. What is held of a value
 * is cheap to copy, to compare and to write: a String, a Long, an Instant, or of maps and lists their encoded fields,
 * tags included, as a ByteString. Nothing, null, is held of a value that means absent.
 *
 * @param <T> what a value means
 */
abstract sealed class MetaKind<T> permits MetaKind.Text, MetaKind.Count, MetaKind.Time, MetaKind.Encoded {
    /** The rule that every text keeps. */
    static final TextRule ANY_TEXT = text -> "";

    abstract int wireType();

    /**
     * Takes one of the field from outside, behind its tag, and notes what is wrong with it.
     *
     * @param before what the one before led to; null where this is the first
     * @return what to hand to the next one, or in the end to {@link #walked}
     */
    abstract @Nullable Object walk(MetaField<?> field, MetadataWalk walk, @Nullable Object before, int end);

    /** Returns what is to be held, once the last one has been walked. */
    @Nullable
    Object walked(MetaField<?> field, Object last) {
        return last;
    }

    /**
     * Reads the field in canonical form, behind its tag.
     *
     * @param from where its tag is
     * @return what is to be held
     */
    abstract @Nullable Object read(MetaField<?> field, ByteSpan span, WireCursor in, int from, int end);

    /** Returns what is meant by what is held. */
    abstract T value(@Nullable Object held);

    /** Returns what is to be held of a value that is right already. */
    abstract @Nullable Object held(MetaField<?> field, T value);

    /** A text, held as such. */
    static sealed class Text extends MetaKind<String> permits Uid, Vacant {
        private final TextRule rule;

        /** @param rule what a text keeps that is not empty */
        Text(TextRule rule) {
            this.rule = rule;
        }

        @Override
        final int wireType() {
            return Tags.LENGTH;
        }

        @Override
        @Nullable
        Object walk(MetaField<?> field, MetadataWalk walk, @Nullable Object before, int end) {
            String text = walk.scalars().text(field.tag(), field.path(), end);
            if (text.isEmpty()) {
                return null;
            }
            walk.violations().addUnlessEmpty(field.path(), rule.violationOf(text));
            return text;
        }

        @Override
        @Nullable
        Object read(MetaField<?> field, ByteSpan span, WireCursor in, int from, int end) {
            String text = in.text(end);
            return text.isEmpty() ? null : text;
        }

        @Override
        final String value(@Nullable Object held) {
            return held == null ? "" : (String) held;
        }

        @Override
        final @Nullable Object held(MetaField<?> field, String value) {
            return value.isEmpty() ? null : value;
        }
    }

    /** A UUID, held as text in lower case. */
    static final class Uid extends Text {
        Uid() {
            super(ANY_TEXT);
        }

        @Override
        @Nullable
        Object walk(MetaField<?> field, MetadataWalk walk, @Nullable Object before, int end) {
            String uid = walk.scalars().uid(field.tag(), field.path(), end);
            return uid.isEmpty() ? null : uid;
        }
    }

    /** A text that nobody may give and nothing holds. */
    static final class Vacant extends Text {
        Vacant(String violation) {
            super(text -> violation);
        }

        @Override
        @Nullable
        Object read(MetaField<?> field, ByteSpan span, WireCursor in, int from, int end) {
            throw MetaField.isNoMetadata(field.tag());
        }
    }

    /** A whole number that is not negative, held as such. */
    static final class Count extends MetaKind<Long> {
        @Override
        int wireType() {
            return Tags.VARINT;
        }

        @Override
        @Nullable
        Object walk(MetaField<?> field, MetadataWalk walk, @Nullable Object before, int end) {
            return heldUnlessZero(walk.scalars().count(field.tag(), field.path(), end));
        }

        @Override
        @Nullable
        Object read(MetaField<?> field, ByteSpan span, WireCursor in, int from, int end) {
            return heldUnlessZero(in.varint(end));
        }

        @Override
        Long value(@Nullable Object held) {
            return held == null ? 0L : (Long) held;
        }

        @Override
        @Nullable
        Object held(MetaField<?> field, Long value) {
            return heldUnlessZero(value);
        }

        private static @Nullable Object heldUnlessZero(long count) {
            return count == 0 ? null : (Object) count;
        }
    }

    /** A point in time, held as such. */
    static final class Time extends MetaKind<Optional<Instant>> {
        @Override
        int wireType() {
            return Tags.LENGTH;
        }

        @Override
        @Nullable
        Object walk(MetaField<?> field, MetadataWalk walk, @Nullable Object before, int end) {
            WireCursor in = walk.in();
            walk.scalars().once(field.tag(), field.path());
            return Timestamps.walk(field.path(), in, in.block(end), walk.violations());
        }

        @Override
        @Nullable
        Object read(MetaField<?> field, ByteSpan span, WireCursor in, int from, int end) {
            return Timestamps.read(in, in.block(end));
        }

        @Override
        Optional<Instant> value(@Nullable Object held) {
            return Optional.ofNullable((Instant) held);
        }

        @Override
        @Nullable
        Object held(MetaField<?> field, Optional<Instant> value) {
            return value.orElse(null);
        }
    }

    /** A map or a list, held as its encoded fields, which lie side by side in canonical form. */
    abstract static sealed class Encoded<T> extends MetaKind<T> permits StringMapKind, ListKind {
        @Override
        final int wireType() {
            return Tags.LENGTH;
        }

        @Override
        final @Nullable Object read(MetaField<?> field, ByteSpan span, WireCursor in, int from, int end) {
            in.moveTo(in.block(end));
            int to = in.at();
            while (to < end && in.tag(end) == field.tag()) {
                in.moveTo(in.block(end));
                to = in.at();
            }
            in.moveTo(to);
            return span.slice(from, to);
        }

        @Override
        final T value(@Nullable Object held) {
            return decode(held == null ? ByteString.EMPTY : (ByteString) held);
        }

        @Override
        final @Nullable Object held(MetaField<?> field, T value) {
            ByteString encoded = encode(field.tag(), value);
            return encoded.isEmpty() ? null : encoded;
        }

        abstract T decode(ByteString fields);

        abstract ByteString encode(int tag, T value);
    }
}
