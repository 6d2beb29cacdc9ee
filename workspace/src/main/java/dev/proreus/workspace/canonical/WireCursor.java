package dev.proreus.workspace.canonical;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A position in encoded bytes. Every read names the end that it may not pass, so a nested message cannot reach out of
 * itself; what does not fit is a {@link MalformedException}.
 */
final class WireCursor {
    private static final VarHandle FIXED64 =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    WireCursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.start = from;
        this.end = end;
        this.at = from;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    /** Returns the end of everything. */
    int end() {
        return end;
    }

    /** Reads a tag; its field number is above zero and its wire type is one that exists. */
    int tag(int limit) {
        int from = at;
        if (at < limit && bytes[at] > 0) {
            at++;
            return checkedTag(bytes[from], from);
        }
        long tag = varint(limit);
        if (tag >>> 32 != 0) {
            throw malformed("a tag of more than 32 bits", from);
        }
        return checkedTag((int) tag, from);
    }

    private int checkedTag(int tag, int from) {
        if (tag >>> 3 == 0 || (tag & 7) > Tags.FIXED32) {
            throw malformed("no field tag", from);
        }
        return tag;
    }

    /** Reads the length of what follows and returns where that ends; the position is then at its first byte. */
    int block(int limit) {
        int from = at;
        long length;
        if (at < limit && bytes[at] >= 0) {
            length = bytes[at++];
        } else {
            length = varint(limit);
        }
        if (length < 0 || length > limit - at) {
            throw malformed("a length that runs past the end", from);
        }
        return at + (int) length;
    }

    /** Reads text that is known to be valid UTF-8. */
    String text(int limit) {
        int textEnd = block(limit);
        String text = text(at, textEnd);
        at = textEnd;
        return text;
    }

    /** Reads a varint of at most ten bytes, minimal or not. */
    long varint(int limit) {
        int from = at;
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= limit) {
                throw malformed("a number that is cut off", from);
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw malformed("a number of more than 64 bits", from);
    }

    /** Reads eight bytes, little-endian. */
    long fixed64(int limit) {
        if (limit - at < 8) {
            throw malformed("a number that is cut off", at);
        }
        long value = (long) FIXED64.get(bytes, at);
        at += 8;
        return value;
    }

    /** Skips the content of a field that nobody knows. */
    void skip(int tag, int limit) {
        int from = at;
        switch (tag & 7) {
            case Tags.VARINT -> varint(limit);
            case Tags.FIXED64 -> fixed64(limit);
            case Tags.LENGTH -> at = block(limit);
            case Tags.FIXED32 -> {
                if (limit - at < 4) {
                    throw malformed("a number that is cut off", from);
                }
                at += 4;
            }
            default -> throw malformed("a group, which these messages do not have,", from);
        }
    }

    /** Returns whether the bytes between two positions are those of {@code text}. */
    boolean matches(int from, int to, byte[] text) {
        return Arrays.equals(bytes, from, to, text, 0, text.length);
    }

    /** Returns the text between two positions, which is valid UTF-8. */
    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private MalformedException malformed(String what, int position) {
        return new MalformedException(what, position - start);
    }
}
