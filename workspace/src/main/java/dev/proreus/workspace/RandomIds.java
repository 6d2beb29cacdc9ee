package dev.proreus.workspace;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random identities, out of a source that is fit for what they are for. */
public final class RandomIds {
    private RandomIds() {}

    /** Returns a random UUID, version 4 (RFC 9562). */
    public static UUID next(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
