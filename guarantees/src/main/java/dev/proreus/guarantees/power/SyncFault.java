package dev.proreus.guarantees.power;

/**
 * What is wrong with the syncs of some files.
 *
 * @param line what the library reads
 */
public record SyncFault(String line) {
    /**
     * The n-th sync from now on of a file whose path has a part in it fails; later ones succeed, as they do on Linux.
     */
    public static SyncFault failing(String part, int nth) {
        return new SyncFault("fail " + part + " " + nth);
    }

    /** The n-th sync from now on of a file whose path has a part in it fails, and so do all after it. */
    public static SyncFault failingFrom(String part, int nth) {
        return new SyncFault("failing " + part + " " + nth);
    }

    /** From the n-th sync on they do nothing, and say that they succeeded. */
    public static SyncFault off(String part, int nth) {
        return new SyncFault("off " + part + " " + nth);
    }

    /** Syncs say at once that they succeeded, and have some milliseconds later. */
    public static SyncFault late(String part, int millis) {
        return new SyncFault("late " + part + " " + millis);
    }
}
