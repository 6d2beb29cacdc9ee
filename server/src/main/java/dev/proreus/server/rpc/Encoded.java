package dev.proreus.server.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An outgoing message as bytes: segments that are sent one after the other, shared with whoever else holds them.
 * Immutable.
 */
public final class Encoded {
    private static final Encoded EMPTY = new Encoded(List.of(), 0);

    private final List<ByteString> segments;
    private final int size;

    private Encoded(List<ByteString> segments, int size) {
        this.segments = segments;
        this.size = size;
    }

    /** Returns the message without fields. */
    public static Encoded empty() {
        return EMPTY;
    }

    /**
     * Returns a message whose encoding is the concatenation of {@code segments}; the list is not changed afterwards.
     */
    public static Encoded of(List<ByteString> segments) {
        long size = 0;
        for (ByteString segment : segments) {
            size += segment.size();
        }
        return new Encoded(segments, Math.toIntExact(size));
    }

    /** Returns a generated message, encoded. */
    public static Encoded of(MessageLite message) {
        ByteString bytes = message.toByteString();
        return new Encoded(List.of(bytes), bytes.size());
    }

    /** Returns an empty message to add fields to. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the bytes that it takes. */
    public int size() {
        return size;
    }

    /** Returns the whole message; for those who cannot take segments. */
    ByteString toByteString() {
        return ByteString.copyFrom(segments);
    }

    /** Writes the message, to a stream that neither keeps nor changes the bytes it is given. */
    void writeTo(OutputStream out) throws IOException {
        UncopiedOutput uncopied = new UncopiedOutput(out);
        for (ByteString segment : segments) {
            UnsafeByteOperations.unsafeWriteTo(segment, uncopied);
        }
    }

    /**
     * A message in the making. Fields are written in the order of the calls; the default values of proto3 are left out.
     * Small fields are gathered into one segment, large ones are taken as they are, without a copy.
     */
    public static final class Builder {
        /** From this size on a copy costs more than one more segment. */
        private static final int OWN_SEGMENT_BYTES = 256;

        private static final int SCRATCH_BYTES = 128;

        private static final byte[] NO_SCRATCH = {};

        private final List<ByteString> segments = new ArrayList<>(4);
        private byte[] scratch = NO_SCRATCH;
        private int used;

        private Builder() {}

        /** Adds an integer field (int32 of no negative value, int64, uint, bool as 0 or 1, enum). */
        public Builder varint(int field, long value) {
            if (value != 0) {
                tag(field, WireFormat.WIRETYPE_VARINT);
                rawVarint(value);
            }
            return this;
        }

        /** Adds a string field. */
        public Builder string(int field, String value) {
            return value.isEmpty() ? this : delimited(field, ByteString.copyFromUtf8(value));
        }

        /** Adds a message or bytes field whose content is encoded already; it is written where it is empty, too. */
        public Builder delimited(int field, ByteString content) {
            tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            rawVarint(content.size());
            raw(content);
            return this;
        }

        /** Adds a message field; it is written where the message is empty, too. */
        public Builder message(int field, Encoded content) {
            tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            rawVarint(content.size);
            content.segments.forEach(this::raw);
            return this;
        }

        /** Adds a generated message as a field; it is written where the message is empty, too. */
        public Builder message(int field, MessageLite content) {
            return delimited(field, content.toByteString());
        }

        /** Adds fields that are encoded already, tags included. */
        public Builder fields(ByteString encodedFields) {
            raw(encodedFields);
            return this;
        }

        /** Returns the message; nothing is added afterwards. */
        public Encoded build() {
            flush();
            return Encoded.of(segments);
        }

        private void raw(ByteString bytes) {
            if (bytes.size() >= OWN_SEGMENT_BYTES) {
                flush();
                segments.add(bytes);
                return;
            }
            reserve(bytes.size());
            bytes.copyTo(scratch, used);
            used += bytes.size();
        }

        private void tag(int field, int wireType) {
            rawVarint(((long) field << 3) | wireType);
        }

        private void rawVarint(long value) {
            reserve(CodedOutputStream.computeUInt64SizeNoTag(value));
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                scratch[used++] = (byte) ((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            scratch[used++] = (byte) rest;
        }

        private void reserve(int bytes) {
            if (scratch.length - used < bytes) {
                flush();
                scratch = new byte[Math.max(SCRATCH_BYTES, bytes)];
            }
        }

        private void flush() {
            if (used == 0) {
                return;
            }
            segments.add(UnsafeByteOperations.unsafeWrap(scratch, 0, used));
            scratch = NO_SCRATCH;
            used = 0;
        }
    }
}
