package dev.proreus.workspace.store.keys;

import java.nio.charset.StandardCharsets;

/** Text inside a key: UTF-8, bounded, without U+0000, which ends it. */
final class KeyText {
    private KeyText() {}

    /** Returns the bytes of a name, or throws {@link IllegalArgumentException}. */
    static byte[] name(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name is empty");
        }
        return bytes("name", name, Keys.MAX_NAME_BYTES);
    }

    /** Returns the bytes of an indexed value, or throws {@link IllegalArgumentException}. */
    static byte[] value(String value) {
        return bytes("indexed value", value, Keys.MAX_VALUE_BYTES);
    }

    /** Returns whether {@link #value} would accept the text. */
    static boolean isIndexable(String text) {
        return text.length() <= Keys.MAX_VALUE_BYTES
                && text.indexOf('\0') < 0
                && text.getBytes(StandardCharsets.UTF_8).length <= Keys.MAX_VALUE_BYTES;
    }

    private static byte[] bytes(String what, String text, int maxBytes) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the " + what + " contains U+0000, which ends text in keys");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > maxBytes) {
            throw new IllegalArgumentException(
                    "the " + what + " has " + bytes.length + " bytes; at most " + maxBytes + " are allowed");
        }
        return bytes;
    }
}
