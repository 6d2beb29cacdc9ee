package dev.proreus.workspace.store.rows;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.workspace.store.StoreCorruptException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The bytes of rows: a format byte, then a message; and the forms of ids and times inside. */
final class RowBytes {
    /** Bytes of an id. */
    static final int UUID_BYTES = 2 * Long.BYTES;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private RowBytes() {}

    static byte[] encode(byte format, MessageLite message) {
        byte[] row = new byte[1 + message.getSerializedSize()];
        row[0] = format;
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(row, 1, row.length - 1);
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return row;
    }

    /** Decodes a row by its message; {@code read} may refuse with {@link IllegalArgumentException}. */
    static <M extends MessageLite, R> R decode(
            String what, byte format, byte[] row, Parser<M> parser, Function<M, R> read) {
        checkFormat(what, format, row);
        try {
            return read.apply(parser.parseFrom(UnsafeByteOperations.unsafeWrap(row, 1, row.length - 1)));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw damaged(what, e.getMessage(), e);
        }
    }

    /** Decodes a row field by field; {@code fields} may refuse with {@link IllegalArgumentException}. */
    static <R> R decode(String what, byte format, byte[] row, Fields<R> fields) {
        checkFormat(what, format, row);
        try {
            return fields.read(CodedInputStream.newInstance(row, 1, row.length - 1));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(what, e.getMessage(), e);
        }
    }

    /** Reads the fields of a message, for rows so many of which are read that the message's own objects cost. */
    interface Fields<R> {
        /** Reads up to the end, or to the limit that was pushed. */
        R read(CodedInputStream in) throws IOException;
    }

    static void checkFormat(String what, byte format, byte[] row) {
        if (row.length == 0) {
            throw damaged(what, "it is empty", null);
        }
        if (row[0] != format) {
            throw damaged(what, "its format byte is " + row[0] + " instead of " + format, null);
        }
    }

    static StoreCorruptException damaged(String what, @Nullable String why, @Nullable Throwable e) {
        return new StoreCorruptException("a " + what + " row is damaged: " + why, e);
    }

    static ByteString bytes(UUID id) {
        byte[] bytes = new byte[UUID_BYTES];
        put(ByteBuffer.wrap(bytes), id);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    static UUID uuid(ByteString bytes) {
        if (bytes.size() != UUID_BYTES) {
            throw new IllegalArgumentException("an id has " + bytes.size() + " bytes instead of " + UUID_BYTES);
        }
        return uuid(bytes.asReadOnlyByteBuffer());
    }

    /** Passes over a field that this version does not know. */
    static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new IllegalArgumentException("a group ends that did not begin");
        }
    }

    /** Reads an id that is a field of a message. */
    static UUID uuid(CodedInputStream in) throws IOException {
        int bytes = in.readRawVarint32();
        if (bytes != UUID_BYTES) {
            throw new IllegalArgumentException("an id has " + bytes + " bytes instead of " + UUID_BYTES);
        }
        long high = Long.reverseBytes(in.readRawLittleEndian64());
        return new UUID(high, Long.reverseBytes(in.readRawLittleEndian64()));
    }

    static ByteBuffer put(ByteBuffer to, UUID id) {
        return to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    static UUID uuid(ByteBuffer from) {
        long high = from.getLong();
        return new UUID(high, from.getLong());
    }

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
