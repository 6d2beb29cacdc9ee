package dev.proreus.workspace;

import java.util.Objects;

/**
 * One equality that a state of an object satisfies or not: a label, or a declared field, has a value.
 *
 * @param kind what has the value
 * @param key the label's key, or the field's path such as spec.agent
 * @param value the value, a field's in the text form that selectors compare
 */
public record Term(Kind kind, String key, String value) {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** What can have a value. */
    public enum Kind {
        /** A label. */
        LABEL(1),
        /** A declared field. */
        FIELD(2);

        /** Stored within hashes, so never renumbered. */
        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    public Term {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    /** Returns a number that stands for the term. Different terms may share one: a hit must be verified. */
    public long hash() {
        return hash(kind, key, value);
    }

    /**
     * Returns the hash of a term: FNV-1a of 64 bits over the kind's code, the key, a zero byte and the value, in UTF-8,
     * mixed as MurmurHash3 ends. Stored, so it never changes. Never {@link TermHashes#ANY_HASH}, which stands for all.
     */
    static long hash(Kind kind, String key, String value) {
        long hash = step(FNV_OFFSET, kind.code);
        hash = step(steps(hash, key), 0);
        hash = mixed(steps(hash, value));
        return hash == TermHashes.ANY_HASH ? 1 : hash;
    }

    private static long steps(long begun, String text) {
        long hash = begun;
        for (int at = 0; at < text.length(); at++) {
            int point = text.charAt(at);
            if (point < 0x80) {
                hash = step(hash, point);
                continue;
            }
            if (Character.isHighSurrogate((char) point) && at + 1 < text.length()) {
                point = text.codePointAt(at);
                at += Character.charCount(point) - 1;
            }
            hash = stepUtf8(hash, point);
        }
        return hash;
    }

    private static long stepUtf8(long begun, int point) {
        long hash = begun;
        if (point < 0x800) {
            hash = step(hash, 0xc0 | (point >> 6));
        } else if (point < 0x10000) {
            hash = step(hash, 0xe0 | (point >> 12));
            hash = step(hash, 0x80 | ((point >> 6) & 0x3f));
        } else {
            hash = step(hash, 0xf0 | (point >> 18));
            hash = step(hash, 0x80 | ((point >> 12) & 0x3f));
            hash = step(hash, 0x80 | ((point >> 6) & 0x3f));
        }
        return step(hash, 0x80 | (point & 0x3f));
    }

    private static long step(long hash, int octet) {
        return (hash ^ octet) * FNV_PRIME;
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
