package dev.proreus.loadtest.soak;

import java.util.EnumSet;
import java.util.Set;

/**
 * What must not grow while a server works, and by how much it may seem to: 5 % of where it stands, or what its kind
 * makes it swing by, whichever is more.
 */
enum Level {
    HEAP("heapMiB", 4, "live heap after a collection; its ring of events has a limit and is full"),
    RESIDENT("residentMiB", 32, "resident memory without heap; its block cache and write buffers are small and full"),
    THREADS("threads", 2, "threads"),
    DESCRIPTORS("descriptors", 16, "open files and sockets, without those of the data, which have a limit"),
    DISK("diskMiB", 64, "data folder, without the write-ahead log, which has a limit"),
    CLIENT_HEAP("clientHeapMiB", 4, "live heap of this side, its agents and watchers"),
    CLIENT_THREADS("clientThreads", 48, "threads of this side, of which each agent has some"),
    CLIENT_DESCRIPTORS("clientDescriptors", 16, "open files and sockets of this side");

    static final Set<Level> OF_CLIENTS = EnumSet.of(CLIENT_HEAP, CLIENT_THREADS, CLIENT_DESCRIPTORS);

    private static final double PART = 0.05;

    private final String label;
    private final double floor;
    private final String meaning;

    Level(String label, double floor, String meaning) {
        this.label = label;
        this.floor = floor;
        this.meaning = meaning;
    }

    String label() {
        return label;
    }

    String meaning() {
        return meaning;
    }

    /** Returns by how much it may grow over a run. */
    double mayGrow(double level) {
        return Math.max(floor, PART * level);
    }
}
