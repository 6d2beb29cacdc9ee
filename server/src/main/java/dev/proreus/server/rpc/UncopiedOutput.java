package dev.proreus.server.rpc;

import com.google.protobuf.ByteOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Hands the bytes of byte strings to a stream without a copy. {@code ByteString.writeTo} copies them first, since a
 * stream could keep or change what it is given; the streams that gRPC drains messages into do neither, and events are
 * shared by all whom they concern.
 */
final class UncopiedOutput extends ByteOutput {
    private final OutputStream out;

    UncopiedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte value) throws IOException {
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void writeLazy(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        // What has an array comes as one: this is memory beside the heap, which a stream cannot take as it is.
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.write(copy);
    }

    @Override
    public void writeLazy(ByteBuffer bytes) throws IOException {
        write(bytes);
    }
}
