package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;

/**
 * The wire form of events, written around an object's bytes without parsing them. Each carries the field tag and length
 * that it has in {@code WatchResponse.events} and in {@code Delivery.events}, so that a message is a concatenation.
 */
final class EventBytes {
    /**
     * From this size on the bytes of an object are shared, not copied: below it, two more pieces to write for each
     * watch that is told cost as much as the copy.
     */
    static final int SHARED_BYTES = 512;

    /** What ties an object to what stands before and behind it, in the heap. */
    private static final int JOINTS_BYTES = 160;

    private EventBytes() {}

    /**
     * Encodes one event.
     *
     * @param change field number in {@code WatchEvent.change}
     */
    static ByteString encode(int change, ByteString object, long revision) {
        int length = innerLength(change, object, revision);
        if (object.size() >= SHARED_BYTES) {
            return head(change, object, length).concat(object).concat(tail(revision));
        }
        byte[] bytes = new byte[framedLength(length)];
        int at = writeHead(bytes, 0, WatchResponse.EVENTS_FIELD_NUMBER, length);
        at = writeHead(bytes, at, change, object.size());
        object.copyTo(bytes, at);
        at = writeRevision(bytes, at + object.size(), revision);
        return wrapped(bytes, at);
    }

    /** Encodes one event that tells the state before as well; the bytes of both states are shared, not copied. */
    static ByteString encode(int change, ByteString object, ByteString previous, long revision) {
        int length = innerLength(change, object, revision)
                + CodedOutputStream.computeBytesSize(WatchEvent.PREVIOUS_FIELD_NUMBER, previous);
        byte[] second = new byte[headLength(WatchEvent.PREVIOUS_FIELD_NUMBER, previous)];
        int secondAt = writeHead(second, 0, WatchEvent.PREVIOUS_FIELD_NUMBER, previous.size());
        return head(change, object, length)
                .concat(object)
                .concat(wrapped(second, secondAt))
                .concat(previous)
                .concat(tail(revision));
    }

    /** Returns the bytes that {@link #encode} gives. */
    static int length(int change, ByteString object, long revision) {
        return framedLength(innerLength(change, object, revision));
    }

    /** Returns the bytes of memory that an event without the state before takes, beside those of its object. */
    static int ownBytes(int change, ByteString object, long revision) {
        int length = length(change, object, revision);
        return object.size() >= SHARED_BYTES ? JOINTS_BYTES + length - object.size() : length;
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

    /** Returns what stands before the object, in an event of so many bytes. */
    private static ByteString head(int change, ByteString object, int length) {
        byte[] head = new byte[framedLength(length) - length + headLength(change, object)];
        int at = writeHead(head, 0, WatchResponse.EVENTS_FIELD_NUMBER, length);
        return wrapped(head, writeHead(head, at, change, object.size()));
    }

    private static ByteString tail(long revision) {
        byte[] tail = new byte[CodedOutputStream.computeInt64Size(WatchEvent.REVISION_FIELD_NUMBER, revision)];
        return wrapped(tail, writeRevision(tail, 0, revision));
    }

    private static int headLength(int field, ByteString content) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(content.size());
    }

    /** Writes the tag and the length of a field of bytes, and returns where they end. */
    private static int writeHead(byte[] bytes, int at, int field, int length) {
        bytes[at] = (byte) (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return writeVarint(bytes, at + 1, length);
    }

    private static int writeRevision(byte[] bytes, int at, long revision) {
        bytes[at] = (byte) (WatchEvent.REVISION_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT);
        return writeVarint(bytes, at + 1, revision);
    }

    private static int writeVarint(byte[] bytes, int from, long value) {
        int at = from;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at] = (byte) rest;
        return at + 1;
    }

    private static ByteString wrapped(byte[] bytes, int written) {
        if (written != bytes.length) {
            throw new IllegalStateException("an event took " + written + " bytes, not " + bytes.length);
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
