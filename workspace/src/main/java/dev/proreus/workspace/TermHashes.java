package dev.proreus.workspace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the terms that a state satisfies: distinct, in ascending order. A term whose hash is missing does not
 * hold; one whose hash is there may. Immutable, with {@code equals} by value.
 */
public final class TermHashes {
    /** The hash that no term has: it stands for terms too many to list, of which each may hold. */
    static final long ANY_HASH = 0;

    /** No term holds. */
    public static final TermHashes NONE = new TermHashes(new long[0]);

    /** Any term may hold. */
    public static final TermHashes ANY = new TermHashes(new long[] {ANY_HASH});

    private final long[] sorted;

    private TermHashes(long[] sorted) {
        this.sorted = sorted;
    }

    /** Returns the set of these hashes, in whatever order and however often they are given. */
    public static TermHashes of(long... hashes) {
        if (hashes.length == 0) {
            return NONE;
        }
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        int distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        return new TermHashes(Arrays.copyOf(sorted, distinct));
    }

    public int size() {
        return sorted.length;
    }

    /** Returns one of the hashes; they ascend by index. */
    public long get(int index) {
        return sorted[index];
    }

    /** Returns whether the term of this hash may hold. */
    public boolean mayHold(long hash) {
        return Arrays.binarySearch(sorted, hash) >= 0 || (sorted.length == 1 && sorted[0] == ANY_HASH);
    }

    /** Returns those that {@code others} lacks. */
    public TermHashes without(TermHashes others) {
        if (equals(others) || sorted.length == 0) {
            return NONE;
        }
        long[] rest = new long[sorted.length];
        int count = 0;
        for (long hash : sorted) {
            if (Arrays.binarySearch(others.sorted, hash) < 0) {
                rest[count++] = hash;
            }
        }
        return count == sorted.length ? this : new TermHashes(Arrays.copyOf(rest, count));
    }

    /** Returns these, or {@link #ANY} where they are more than {@code max}. */
    public TermHashes atMost(int max) {
        return sorted.length <= max ? this : ANY;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof TermHashes that && Arrays.equals(sorted, that.sorted));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return equals(ANY) ? "any" : Arrays.toString(sorted);
    }
}
