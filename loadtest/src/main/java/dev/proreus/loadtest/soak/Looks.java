package dev.proreus.loadtest.soak;

import dev.proreus.loadtest.process.DataFolder;
import dev.proreus.loadtest.process.Launch;
import dev.proreus.loadtest.process.LaunchedServer;
import dev.proreus.loadtest.process.ProcessStatus;
import dev.proreus.loadtest.process.ServerMemory;
import dev.proreus.loadtest.report.Trend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen at each look at the server and at this side, by lives of the server. What has a limit of its own and
 * takes long to fill is taken out, RocksDB's open files and write-ahead log, or small, the caches and RocksDB's write
 * buffers.
 */
final class Looks {
    /**
     * Takes all of the heap at the start, so that what is resident beyond it is the rest of the process; leaves nothing
     * dead in it at a collection, which the JVM would count as live; lets code be compiled once, and soon; and has
     * Netty look for buffers that are lost.
     */
    private static final String JAVA_OPTIONS = Launch.SHORT_LIVED + " -XX:MarkSweepAlwaysCompactCount=1"
            + " -Xms512m -Xmx512m -XX:+AlwaysPreTouch -Dio.netty.leakDetection.level=advanced";

    /**
     * Caches and write buffers that are full before anybody looks. They stay part of what is resident: how much of it
     * is theirs only the allocator knows, which keeps what a flush has freed, and loses to fragments a part of what the
     * caches turn over.
     */
    private static final List<String> SMALL_CACHES =
            List.of("--block-cache=32MiB", "--object-cache=1MiB", "--body-cache=16MiB", "--write-buffers=16MiB");

    private static final double HEAP_MIB = 512;
    private static final double MIB = 1 << 20;
    private static final double NANOS_AN_HOUR = 3600e9;

    private final LaunchedServer server;
    private final Path folder;
    private final long ownPid;
    private final Map<Level, List<List<Trend.Sample>>> samples = new EnumMap<>(Level.class);

    Looks(LaunchedServer server, Path folder, long ownPid) {
        this.server = server;
        this.folder = folder;
        this.ownPid = ownPid;
        for (Level level : Level.values()) {
            samples.put(level, new ArrayList<>());
        }
    }

    /** Returns how the server is launched that is looked at. */
    static Launch launch(String historyAge) {
        List<String> options = new ArrayList<>(SMALL_CACHES);
        options.add("--history-age=" + historyAge);
        return new Launch(JAVA_OPTIONS, options, true);
    }

    /** Begins another life of the server. */
    void newLife() {
        samples.values().forEach(lives -> lives.add(new ArrayList<>()));
    }

    /** Looks, at a time. */
    void look(long nanos) throws IOException, InterruptedException {
        Map<Level, Double> seen = see();
        double hours = nanos / NANOS_AN_HOUR;
        samples.forEach((level, lives) -> {
            Double value = seen.get(level);
            if (value != null) {
                lives.get(lives.size() - 1).add(new Trend.Sample(hours, value));
            }
        });
    }

    /** Returns what was seen of a level in each life. */
    List<List<Trend.Sample>> of(Level level) {
        return samples.getOrDefault(level, List.of());
    }

    private Map<Level, Double> see() throws IOException, InterruptedException {
        long pid = server.pid();
        double heap = ServerMemory.heapBytes(pid) / MIB;
        ProcessStatus status = ProcessStatus.of(pid, folder);
        ProcessStatus own = ProcessStatus.of(ownPid, folder);
        long disk = DataFolder.bytes(folder, "") - DataFolder.bytes(folder, ".log");
        Map<Level, Double> seen = new EnumMap<>(Level.class);
        seen.put(Level.HEAP, heap);
        seen.put(Level.RESIDENT, status.residentBytes() / MIB - HEAP_MIB);
        seen.put(Level.THREADS, (double) status.threads());
        seen.put(Level.DESCRIPTORS, (double) status.descriptors());
        seen.put(Level.DISK, disk / MIB);
        seen.put(Level.CLIENT_HEAP, ownHeapBytes() / MIB);
        seen.put(Level.CLIENT_THREADS, (double) own.threads());
        seen.put(Level.CLIENT_DESCRIPTORS, (double) own.descriptors());
        return seen;
    }

    private static double ownHeapBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
