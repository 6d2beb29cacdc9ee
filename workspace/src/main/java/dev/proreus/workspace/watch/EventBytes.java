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
        byte[] bytes = new byte[framedLength(length)];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeTag(WatchResponse.EVENTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(length);
            out.writeBytes(change, object);
            out.writeInt64(WatchEvent.REVISION_FIELD_NUMBER, revision);
        } catch (IOException e) {
            throw new UncheckedIOException("an event did not fit the bytes counted for it", e);
        }
        out.checkNoSpaceLeft();
        return UnsafeByteOperations.unsafeWrap(bytes);
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
}
