package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads an object's uid out of its bytes without parsing the rest. */
final class ObjectUid {
    private ObjectUid() {}

    /** Returns the uid's text; empty where the object says none. */
    static ByteString of(ByteString object) {
        return find(find(object, Object.METADATA_FIELD_NUMBER), ObjectMeta.UID_FIELD_NUMBER);
    }

    private static ByteString find(ByteString message, int field) {
        CodedInputStream in = message.newCodedInput();
        try {
            while (!in.isAtEnd()) {
                int tag = in.readTag();
                if (WireFormat.getTagFieldNumber(tag) == field) {
                    return in.readBytes();
                }
                in.skipField(tag);
            }
            return ByteString.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException("an object's stored bytes are no message", e);
        }
    }
}
