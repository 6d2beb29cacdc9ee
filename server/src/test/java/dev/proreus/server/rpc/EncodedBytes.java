package dev.proreus.server.rpc;

import com.google.protobuf.ByteString;

/** Lets tests of other packages read what would be sent. */
public final class EncodedBytes {
    private EncodedBytes() {}

    /** Returns the whole message. */
    public static ByteString of(Encoded message) {
        return message.toByteString();
    }
}
