package dev.proreus.guarantees.power;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is known of the bytes of one file. */
final class NotedFile {
    private final List<Saved> saved = new ArrayList<>();
    private long durableLength;
    private boolean failed;

    /**
     * Bytes that were overwritten or cut off.
     *
     * @param position where in the notes
     * @param offset where in the file
     * @param length how many
     * @param at where the old ones are kept
     */
    record Saved(long position, long offset, int length, long at) {}

    NotedFile(long durableLength) {
        this.durableLength = durableLength;
    }

    void save(Saved bytes) {
        saved.add(bytes);
    }

    /** Takes a sync, which covers what was noted before a position. */
    void synced(long length, long upto) {
        if (!failed) {
            durableLength = length;
            saved.removeIf(each -> each.position() < upto);
        }
    }

    /** Takes a sync that failed: what it was to write never becomes durable. */
    void failed() {
        failed = true;
    }

    long durableLength() {
        return durableLength;
    }

    /** Returns what was overwritten since the last sync, the newest first. */
    List<Saved> savedNewestFirst() {
        List<Saved> newestFirst = new ArrayList<>(saved);
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
