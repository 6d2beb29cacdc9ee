package dev.proreus.guarantees.record;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Digests of messages: 64 bits over an encoding that does not depend on the order of map entries. */
final class Digests {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Digests() {}

    /** Returns the digest of a message; never 0, which stands for none. */
    static long of(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long hash = OFFSET;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xff)) * PRIME;
        }
        long mixed = (hash ^ hash >>> 32) * MIX;
        return mixed == 0 ? 1 : mixed;
    }
}
