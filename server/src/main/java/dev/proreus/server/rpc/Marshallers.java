package dev.proreus.server.rpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How bytes enter and leave gRPC: requests as they came, answers as they are, without a message object between. */
final class Marshallers {
    /** Requests: raw bytes. */
    static final Marshaller<byte[]> BYTES = new Bytes();

    /** Answers: segments, whose length gRPC knows beforehand and which it drains into its own buffer in one copy. */
    static final Marshaller<Encoded> ENCODED = new Segments();

    private Marshallers() {}

    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            throw new UnsupportedOperationException("a server sends no requests");
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                if (!(stream instanceof KnownLength)) {
                    return stream.readAllBytes();
                }
                byte[] bytes = new byte[stream.available()];
                int read = stream.readNBytes(bytes, 0, bytes.length);
                if (read != bytes.length) {
                    throw new IOException("the message ends after " + read + " of " + bytes.length + " bytes");
                }
                return bytes;
            } catch (IOException e) {
                throw Status.INTERNAL
                        .withDescription("a request could not be read")
                        .withCause(e)
                        .asRuntimeException();
            }
        }
    }

    private static final class Segments implements Marshaller<Encoded> {
        @Override
        public InputStream stream(Encoded value) {
            return new SegmentStream(value);
        }

        @Override
        public Encoded parse(InputStream stream) {
            throw new UnsupportedOperationException("a server reads no answers");
        }
    }

    private static final class SegmentStream extends InputStream implements KnownLength, Drainable {
        private final Encoded message;
        private int at;
        private @Nullable InputStream rest;

        SegmentStream(Encoded message) {
            this.message = message;
        }

        @Override
        public int available() {
            return message.size() - at;
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int left = available();
            if (at == 0) {
                message.writeTo(target);
            } else {
                rest().transferTo(target);
            }
            at = message.size();
            return left;
        }

        @Override
        public int read() throws IOException {
            int next = rest().read();
            at += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            int read = rest().read(target, offset, length);
            at += Math.max(0, read);
            return read;
        }

        private InputStream rest() {
            InputStream open = rest;
            if (open == null) {
                open = message.toByteString().newInput();
                rest = open;
            }
            return open;
        }
    }
}
