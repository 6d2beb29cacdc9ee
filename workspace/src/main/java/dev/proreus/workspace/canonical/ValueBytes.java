package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The canonical {@code google.protobuf.Value} of each kind. */
final class ValueBytes {
    static final ByteString NULL = ByteString.copyFrom(new byte[] {Tags.NULL_VALUE, 0});
    private static final ByteString FALSE = ByteString.copyFrom(new byte[] {Tags.BOOL_VALUE, 0});
    private static final ByteString TRUE = ByteString.copyFrom(new byte[] {Tags.BOOL_VALUE, 1});

    private ValueBytes() {}

    static ByteString string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        WireBuffer out = new WireBuffer(1 + WireBuffer.width(utf8.length) + utf8.length);
        out.block(Tags.STRING_VALUE, utf8, 0, utf8.length);
        return out.toBytes();
    }

    static ByteString number(double number) {
        WireBuffer out = new WireBuffer(9);
        out.tag(Tags.NUMBER_VALUE);
        out.fixed64(Double.doubleToRawLongBits(number));
        return out.toBytes();
    }

    static ByteString bool(boolean flag) {
        return flag ? TRUE : FALSE;
    }

    static ByteString struct(ByteString content) {
        return wrapped(Tags.STRUCT_VALUE, content);
    }

    static ByteString list(List<ByteString> values) {
        int size = 0;
        for (ByteString value : values) {
            size += 1 + WireBuffer.width(value.size()) + value.size();
        }
        WireBuffer out = new WireBuffer(1 + WireBuffer.width(size) + size);
        out.tag(Tags.LIST_VALUE);
        out.varint(size);
        for (ByteString value : values) {
            out.block(Tags.ELEMENT, value);
        }
        return out.toBytes();
    }

    private static ByteString wrapped(int tag, ByteString content) {
        WireBuffer out = new WireBuffer(1 + WireBuffer.width(content.size()) + content.size());
        out.block(tag, content);
        return out.toBytes();
    }
}
