package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Encoded fields made by hand, right or wrong. */
final class Wire {
    private Wire() {}

    /** A field of bytes: a nested message or a packed list. */
    static ByteString block(int field, ByteString... parts) {
        ByteString content = join(parts);
        return join(varint((long) field << 3 | 2), varint(content.size()), content);
    }

    static ByteString text(int field, String text) {
        return block(field, ByteString.copyFromUtf8(text));
    }

    static ByteString number(int field, long value) {
        return join(varint((long) field << 3), varint(value));
    }

    static ByteString fixed64(int field, double value) {
        ByteBuffer bytes = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) (field << 3 | 1)).putDouble(value).flip();
        return ByteString.copyFrom(bytes);
    }

    static ByteString varint(long value) {
        byte[] bytes = new byte[10];
        int size = 0;
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return ByteString.copyFrom(bytes, 0, size);
    }

    static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }

    static ByteString join(ByteString... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteString part : parts) {
            all.writeBytes(part.toByteArray());
        }
        return ByteString.copyFrom(all.toByteArray());
    }

    /** An entry of a Struct with that encoded Value. */
    static ByteString entry(String key, ByteString value) {
        return block(1, text(1, key), block(2, value));
    }

    static ByteString string(String text) {
        return text(3, text);
    }

    static ByteString struct(ByteString... entries) {
        return block(5, entries);
    }

    static ByteString list(ByteString... values) {
        ByteString[] elements = new ByteString[values.length];
        for (int i = 0; i < values.length; i++) {
            elements[i] = block(1, values[i]);
        }
        return block(6, elements);
    }

    /** An Object with that metadata only. */
    static ByteString metadata(ByteString... fields) {
        return block(3, fields);
    }

    /** An Object with a spec of those entries only. */
    static ByteString spec(ByteString... entries) {
        return block(4, entries);
    }

    /** An Object with a status of those entries only. */
    static ByteString status(ByteString... entries) {
        return block(5, entries);
    }
}
