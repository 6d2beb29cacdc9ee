package dev.proreus.loadtest.client;

import dev.proreus.v1.ObjectServiceGrpc;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Methods of the API whose messages stay bytes on this side. */
public final class RawCalls {
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new Bytes();

    /** Watches. */
    public static final MethodDescriptor<byte[], byte[]> WATCH = raw(ObjectServiceGrpc.getWatchMethod());

    /** Creates or replaces an object. */
    public static final MethodDescriptor<byte[], byte[]> APPLY = raw(ObjectServiceGrpc.getApplyMethod());

    private RawCalls() {}

    /**
     * Returns the method to watch by, for one call: all its messages are read into the same bytes, so that a client
     * that is told much makes no garbage of it. A message is valid until the next one.
     */
    public static MethodDescriptor<byte[], MessageBuffer> watchWithOneBuffer() {
        return ObjectServiceGrpc.getWatchMethod().toBuilder(BYTES, new MessageBuffer.Filled())
                .build();
    }

    private static MethodDescriptor<byte[], byte[]> raw(MethodDescriptor<?, ?> method) {
        return method.toBuilder(BYTES, BYTES).build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new Known(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                int size = stream instanceof KnownLength ? stream.available() : 0;
                return size > 0 ? stream.readNBytes(size) : stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Bytes that gRPC need not count. */
    private static final class Known extends ByteArrayInputStream implements KnownLength {
        Known(byte[] value) {
            super(value);
        }
    }
}
