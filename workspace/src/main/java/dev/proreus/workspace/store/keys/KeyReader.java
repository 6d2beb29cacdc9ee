package dev.proreus.workspace.store.keys;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.store.StoreCorruptException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Takes one key apart from its front; whatever cannot be part of a key is {@link StoreCorruptException}. */
final class KeyReader {
    private static final int UNSIGNED_SHORT = 0xFFFF;

    private final String table;
    private final ByteBuffer rest;

    KeyReader(String table, byte[] key) {
        this.table = table;
        this.rest = ByteBuffer.wrap(key);
    }

    int shard() {
        int shard = require(Short.BYTES).getShort() & UNSIGNED_SHORT;
        if (shard > Keys.MAX_SHARD) {
            throw damaged("its shard is reserved");
        }
        return shard;
    }

    MetaKind kind() {
        byte code = require(1).get();
        for (MetaKind kind : MetaKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw damaged("it has the unknown kind " + code);
    }

    long naturalLong() {
        return natural(require(Long.BYTES).getLong());
    }

    int naturalInt() {
        return (int) natural(require(Integer.BYTES).getInt());
    }

    int naturalShort() {
        return (int) natural(require(Short.BYTES).getShort());
    }

    long complement() {
        return natural(~require(Long.BYTES).getLong());
    }

    void noNamespace() {
        if (require(1).get() != 0) {
            throw damaged("it has a namespace");
        }
    }

    /** Returns the text up to the next byte 00, which is consumed. */
    String textThenEnd() {
        int end = rest.position();
        while (end < rest.limit() && rest.get(end) != 0) {
            end++;
        }
        if (end == rest.limit()) {
            throw damaged("text in it does not end");
        }
        String text = text(end);
        rest.get();
        return text;
    }

    /** Returns the text up to the end of the key. */
    String textToEnd() {
        return text(rest.limit());
    }

    ByteString bytes(int length) {
        return ByteString.copyFrom(require(length), length);
    }

    void end() {
        if (rest.hasRemaining()) {
            throw damaged(rest.remaining() + " bytes follow its end");
        }
    }

    private String text(int end) {
        ByteBuffer part = rest.duplicate().limit(end);
        rest.position(end);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException e) {
            throw damaged("text in it is not UTF-8");
        }
    }

    private ByteBuffer require(int bytes) {
        if (rest.remaining() < bytes) {
            throw damaged("it ends early");
        }
        return rest;
    }

    private long natural(long number) {
        if (number < 0) {
            throw damaged("it holds a negative number");
        }
        return number;
    }

    private StoreCorruptException damaged(String why) {
        return new StoreCorruptException(
                "key " + HexFormat.of().formatHex(rest.array()) + " of table " + table + " is damaged: " + why);
    }
}
