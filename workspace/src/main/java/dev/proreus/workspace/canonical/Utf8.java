package dev.proreus.workspace.canonical;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The test for well-formed UTF-8, after table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing
 * above U+10FFFF. Text that is not well-formed is read differently by different languages.
 */
final class Utf8 {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** Returns whether the bytes between two positions are well-formed. */
    static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            at = afterAscii(bytes, at, to);
            if (at < to) {
                int length = lengthOf(bytes, at, to);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    private static int afterAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= 8 && ((long) EIGHT.get(bytes, at) & NOT_ASCII) == 0) {
            at += 8;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Returns the length of the well-formed sequence that starts with a byte above ASCII, or 0 if there is none. */
    private static int lengthOf(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xff;
        int left = to - at;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return left >= 2 && follows(bytes[at + 1], 0x80, 0xbf) ? 2 : 0;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            int low = lead == 0xe0 ? 0xa0 : 0x80;
            int high = lead == 0xed ? 0x9f : 0xbf;
            return left >= 3 && follows(bytes[at + 1], low, high) && follows(bytes[at + 2], 0x80, 0xbf) ? 3 : 0;
        }
        if (lead >= 0xf0 && lead <= 0xf4) {
            int low = lead == 0xf0 ? 0x90 : 0x80;
            int high = lead == 0xf4 ? 0x8f : 0xbf;
            boolean whole = left >= 4
                    && follows(bytes[at + 1], low, high)
                    && follows(bytes[at + 2], 0x80, 0xbf)
                    && follows(bytes[at + 3], 0x80, 0xbf);
            return whole ? 4 : 0;
        }
        return 0;
    }

    private static boolean follows(byte next, int low, int high) {
        int value = next & 0xff;
        return value >= low && value <= high;
    }
}
