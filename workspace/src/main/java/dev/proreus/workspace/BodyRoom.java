package dev.proreus.workspace;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;

/** Where bodies lie that are read ahead. One thread at a time, but for {@link #OWN}. */
@FunctionalInterface
public interface BodyRoom {
    /** Gives each body memory of its own, which lasts; for any number of threads. */
    BodyRoom OWN = (source, from, length) -> {
        byte[] body = new byte[length];
        source.get(from, body);
        return UnsafeByteOperations.unsafeWrap(body);
    };

    /**
     * Copies a body here.
     *
     * @param from where it begins, whatever the position of {@code source}, which stays
     * @param length its bytes
     */
    ByteString copy(ByteBuffer source, int from, int length);
}
