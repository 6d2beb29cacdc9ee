package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The wire form of events, written around an object's bytes without parsing them. Each carries the field tag and length
 * that it has in {@code WatchResponse.events} and in {@code Delivery.events}, so that a message is a concatenation.
 */
final class EventBytes {
    private EventBytes() {}

    /**
     * Encodes one event.
     *
     * @param change field number in {@code WatchEvent.change}
     */
    static ByteString encode(int change, ByteString object, long revision) {
        int length = innerLength(change, object, revision);
        return written(framedLength(length), out -> {
            writeFrame(out, length);
            out.writeBytes(change, object);
            out.writeInt64(WatchEvent.REVISION_FIELD_NUMBER, revision);
        });
    }

    /** Encodes one event that tells the state before as well; the bytes of both states are shared, not copied. */
    static ByteString encode(int change, ByteString object, ByteString previous, long revision) {
        int length = innerLength(change, object, revision)
                + CodedOutputStream.computeBytesSize(WatchEvent.PREVIOUS_FIELD_NUMBER, previous);
        ByteString first = written(framedLength(length) - length + head(change, object), out -> {
            writeFrame(out, length);
            writeHead(out, change, object);
        });
        ByteString second = written(
                head(WatchEvent.PREVIOUS_FIELD_NUMBER, previous),
                out -> writeHead(out, WatchEvent.PREVIOUS_FIELD_NUMBER, previous));
        ByteString last = written(
                CodedOutputStream.computeInt64Size(WatchEvent.REVISION_FIELD_NUMBER, revision),
                out -> out.writeInt64(WatchEvent.REVISION_FIELD_NUMBER, revision));
        return first.concat(object).concat(second).concat(previous).concat(last);
    }

    /** Returns the bytes that {@link #encode} gives. */
    static int length(int change, ByteString object, long revision) {
        return framedLength(innerLength(change, object, revision));
    }

    private static int innerLength(int change, ByteString object, long revision) {
        return CodedOutputStream.computeBytesSize(change, object)
                + CodedOutputStream.computeInt64Size(WatchEvent.REVISION_FIELD_NUMBER, revision);
    }

    private static int framedLength(int length) {
        return CodedOutputStream.computeTagSize(WatchResponse.EVENTS_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(length)
                + length;
    }

    private static void writeFrame(CodedOutputStream out, int length) throws IOException {
        out.writeTag(WatchResponse.EVENTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(length);
    }

    private static int head(int field, ByteString content) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(content.size());
    }

    private static void writeHead(CodedOutputStream out, int field, ByteString content) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(content.size());
    }

    private static ByteString written(int length, Writing writing) {
        byte[] bytes = new byte[length];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an event did not fit the bytes counted for it", e);
        }
        out.checkNoSpaceLeft();
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    /** Writes a part of an event. */
    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }
}
