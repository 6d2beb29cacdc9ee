package dev.proreus.workspace.store;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A range of keys: from a first one, inclusive, to a last one, exclusive, in unsigned bytewise order.
 *
 * <p>A range whose end is not after its beginning holds nothing. Immutable.
 */
public final class KeyRange {
    private static final int BYTE_MASK = 0xFF;

    private final byte[] fromInclusive;
    private final byte[] toExclusive;

    private KeyRange(byte[] fromInclusive, byte[] toExclusive) {
        this.fromInclusive = fromInclusive;
        this.toExclusive = toExclusive;
    }

    /** Returns the keys from one to another. */
    public static KeyRange between(byte[] fromInclusive, byte[] toExclusive) {
        return new KeyRange(fromInclusive.clone(), toExclusive.clone());
    }

    /**
     * Returns the keys that begin with a prefix, itself included.
     *
     * @throws IllegalArgumentException if no key follows them all, the prefix being empty or only bytes of 0xFF
     */
    public static KeyRange ofPrefix(byte[] prefix) {
        return new KeyRange(prefix.clone(), afterPrefix(prefix));
    }

    /**
     * Returns the least key that is greater than every key with a prefix.
     *
     * @throws IllegalArgumentException if there is none, the prefix being empty or only bytes of 0xFF
     */
    public static byte[] afterPrefix(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && (prefix[last] & BYTE_MASK) == BYTE_MASK) {
            last--;
        }
        if (last < 0) {
            throw new IllegalArgumentException("no key follows all keys with the prefix " + hex(prefix));
        }
        byte[] after = Arrays.copyOf(prefix, last + 1);
        after[last]++;
        return after;
    }

    public byte[] fromInclusive() {
        return fromInclusive.clone();
    }

    public byte[] toExclusive() {
        return toExclusive.clone();
    }

    /** Returns whether no key can lie in it. */
    public boolean isEmpty() {
        return Arrays.compareUnsigned(fromInclusive, toExclusive) >= 0;
    }

    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(fromInclusive, key) <= 0 && Arrays.compareUnsigned(key, toExclusive) < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRange range
                && Arrays.equals(fromInclusive, range.fromInclusive)
                && Arrays.equals(toExclusive, range.toExclusive);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fromInclusive) * 31 + Arrays.hashCode(toExclusive);
    }

    @Override
    public String toString() {
        return "[" + hex(fromInclusive) + ", " + hex(toExclusive) + ")";
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
