package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * The array behind a {@link ByteString}, borrowed for reading without a copy where the string lies in one array; a rope
 * or a buffer is copied. Nobody writes to the array.
 */
final class ByteSpan {
    private final ByteString source;
    private final byte[] array;
    private final int offset;

    private ByteSpan(ByteString source, byte[] array, int offset) {
        this.source = source;
        this.array = array;
        this.offset = offset;
    }

    static ByteSpan of(ByteString source) {
        Capture capture = new Capture(source.size());
        try {
            UnsafeByteOperations.unsafeWriteTo(source, capture);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte string in memory cannot fail to be read", e);
        }
        return capture.whole
                ? new ByteSpan(source, capture.array, capture.offset)
                : new ByteSpan(source, source.toByteArray(), 0);
    }

    /** Returns a cursor over all of it. */
    WireCursor cursor() {
        return new WireCursor(array, offset, offset + source.size());
    }

    /** Returns what lies between two positions of a cursor, sharing the memory of the source. */
    ByteString slice(int from, int to) {
        return source.substring(from - offset, to - offset);
    }

    /** Notes the array that it is handed, if that is everything. */
    private static final class Capture extends ByteOutput {
        private final int size;
        private byte[] array = new byte[0];
        private int offset;
        private boolean whole;

        private Capture(int size) {
            this.size = size;
        }

        @Override
        public void writeLazy(byte[] value, int from, int length) {
            whole = length == size;
            array = value;
            offset = from;
        }

        @Override
        public void write(byte value) {
            whole = false;
        }

        @Override
        public void write(byte[] value, int from, int length) {
            whole = false;
        }

        @Override
        public void write(ByteBuffer value) {
            whole = false;
        }

        @Override
        public void writeLazy(ByteBuffer value) {
            whole = false;
        }
    }
}
