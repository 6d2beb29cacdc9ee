package dev.proreus.server.edge;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes protobuf by hand, field by field, right or wrong. */
final class Wire {
    private ByteString bytes = ByteString.EMPTY;

    /** Adds a field of bytes, a string or a message. */
    Wire field(int number, ByteString content) {
        return add(out -> out.writeBytes(number, content));
    }

    Wire field(int number, Wire content) {
        return field(number, content.bytes);
    }

    Wire field(int number, String content) {
        return field(number, ByteString.copyFromUtf8(content));
    }

    Wire field(int number, double content) {
        return add(out -> out.writeDouble(number, content));
    }

    Wire field(int number, boolean content) {
        return add(out -> out.writeBool(number, content));
    }

    /** Adds a group's end where none began. */
    Wire strayEndGroup(int number) {
        return add(out -> out.writeTag(number, WireFormat.WIRETYPE_END_GROUP));
    }

    ByteString bytes() {
        return bytes;
    }

    private Wire add(Writing writing) {
        ByteString.Output out = ByteString.newOutput();
        try {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            writing.to(coded);
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes = bytes.concat(out.toByteString());
        return this;
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }
}
