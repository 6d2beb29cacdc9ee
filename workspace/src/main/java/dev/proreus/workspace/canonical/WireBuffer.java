package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encoded bytes in the making. A nested message is opened with a guess of its length, and closed; only where the guess
 * was of another width than the length, its content is moved.
 */
final class WireBuffer {
    private static final VarHandle FIXED64 =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    WireBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** Returns the bytes needed for a varint of a value that is not negative. */
    static int width(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    int size() {
        return size;
    }

    /** Writes a tag, all of which fit one byte here, and room for the length of what follows; returns where that is. */
    int open(int tag, int lengthGuess) {
        int width = width(lengthGuess);
        reserve(1 + width);
        bytes[size] = (byte) tag;
        size += 1 + width;
        return size;
    }

    /** Ends what was opened at {@code start} with that guess. */
    void close(int start, int lengthGuess) {
        int length = size - start;
        int lengthAt = start - width(lengthGuess);
        int shift = width(length) - width(lengthGuess);
        if (shift != 0) {
            reserve(Math.max(shift, 0));
            System.arraycopy(bytes, start, bytes, start + shift, length);
        }
        size = lengthAt;
        varint(length);
        size += length;
    }

    void tag(int tag) {
        reserve(1);
        bytes[size++] = (byte) tag;
    }

    void varint(long value) {
        reserve((70 - Long.numberOfLeadingZeros(value | 1)) / 7);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void fixed64(long value) {
        reserve(8);
        FIXED64.set(bytes, size, value);
        size += 8;
    }

    void raw(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    void raw(ByteString source) {
        reserve(source.size());
        source.copyTo(bytes, size);
        size += source.size();
    }

    /** Writes a field of bytes. */
    void block(int tag, byte[] source, int from, int to) {
        tag(tag);
        varint(to - from);
        raw(source, from, to);
    }

    /** Writes a field of bytes. */
    void block(int tag, ByteString source) {
        tag(tag);
        varint(source.size());
        raw(source);
    }

    /** Writes a field of text. */
    void text(int tag, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        block(tag, utf8, 0, utf8.length);
    }

    /** Writes a field of text unless it is empty, which is the same as absent. */
    void textUnlessEmpty(int tag, String text) {
        if (!text.isEmpty()) {
            text(tag, text);
        }
    }

    /** Writes a field that is a whole number unless it is zero, which is the same as absent. */
    void varintUnlessZero(int tag, long value) {
        if (value != 0) {
            tag(tag);
            varint(value);
        }
    }

    /** Takes everything from a position on away and returns it. */
    byte[] cut(int from) {
        byte[] tail = Arrays.copyOfRange(bytes, from, size);
        size = from;
        return tail;
    }

    /** Returns what was written; the buffer is spent. */
    ByteString toBytes() {
        return size == bytes.length ? UnsafeByteOperations.unsafeWrap(bytes) : ByteString.copyFrom(bytes, 0, size);
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1) + 16));
        }
    }
}
