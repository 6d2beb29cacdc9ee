package dev.proreus.loadtest.client;

/**
 * What a watcher was told, in a few numbers: how many revisions, whether they rose, and a digest of them in their
 * order. Two sequences with equal count and digest are taken for equal. For one thread.
 */
public final class Sequence {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long count;
    private long last;
    private long digest;
    private long outOfOrder;

    /** Adds a revision; one that is not above all that came before is out of order. */
    public void add(long revision) {
        if (revision <= last) {
            outOfOrder++;
        }
        last = Math.max(last, revision);
        count++;
        digest = (digest + revision) * MULTIPLIER;
    }

    /** Takes in that nothing at or below a revision may come any more. */
    public void closeUpTo(long revision) {
        last = Math.max(last, revision);
    }

    /** Returns how many revisions came. */
    public long count() {
        return count;
    }

    /** Returns the newest revision told of. */
    public long last() {
        return last;
    }

    /** Returns how many revisions did not rise. */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** Returns whether two were told the same in the same order. */
    public boolean equalTo(Sequence other) {
        return count == other.count && digest == other.digest;
    }
}
