package dev.proreus.loadtest.client;

import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The newest message of a call, in bytes that grow to the largest that came. Confined to the thread that the call is
 * told on.
 */
public final class MessageBuffer {
    /** Room for two shares of history; what is larger than gRPC allows a message to be never comes here. */
    private static final int BYTES_FIRST = 128 << 10;

    private byte[] bytes = new byte[BYTES_FIRST];
    private int length;

    private MessageBuffer() {}

    /** Returns the bytes; the message is the first {@link #length} of them. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void fill(InputStream from) throws IOException {
        length = 0;
        for (int read = 0; read >= 0; read = from.read(bytes, length, bytes.length - length)) {
            length += read;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
        }
    }

    /** Reads each message into one buffer, which it gives for each. */
    static final class Filled implements MethodDescriptor.Marshaller<MessageBuffer> {
        private final MessageBuffer buffer = new MessageBuffer();

        @Override
        public InputStream stream(MessageBuffer value) {
            throw new UnsupportedOperationException("only what a server sends is read into a buffer");
        }

        @Override
        public MessageBuffer parse(InputStream stream) {
            try {
                buffer.fill(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return buffer;
        }
    }
}
