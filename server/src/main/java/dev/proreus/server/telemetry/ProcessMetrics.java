package dev.proreus.server.telemetry;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * What the process and its virtual machine say of themselves, under the names of OpenTelemetry's conventions where
 * there are such.
 */
final class ProcessMetrics {
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("jvm.memory.type");
    private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
    private static final AttributeKey<String> BUFFERS = AttributeKey.stringKey("jvm.buffer.pool.name");
    private static final AttributeKey<String> COLLECTOR = AttributeKey.stringKey("jvm.gc.name");
    private static final AttributeKey<String> ACTION = AttributeKey.stringKey("jvm.gc.action");
    private static final List<Double> PAUSES = List.of(0.001, 0.01, 0.1, 1.0, 10.0);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final Meter meter;

    private ProcessMetrics(Meter meter) {
        this.meter = meter;
    }

    static void register(Meter meter) {
        ProcessMetrics metrics = new ProcessMetrics(meter);
        metrics.memory();
        metrics.collections();
        metrics.threadsAndFiles();
    }

    private void memory() {
        pools("jvm.memory.used", "Bytes of a memory pool in use.", MemoryUsage::getUsed);
        pools("jvm.memory.committed", "Bytes of a memory pool that the system granted.", MemoryUsage::getCommitted);
        pools("jvm.memory.limit", "Bytes that a memory pool may grow to.", MemoryUsage::getMax);
        meter.upDownCounterBuilder("jvm.buffer.memory.used")
                .setUnit("By")
                .setDescription("Bytes of buffers outside the heap, but for those of the transport.")
                .buildWithCallback(measurement -> {
                    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
                        measurement.record(pool.getMemoryUsed(), Attributes.of(BUFFERS, pool.getName()));
                    }
                });
        // Netty takes its memory from the system past the buffer pools, and tells of it only here.
        level(
                "proreus.transport.memory.used",
                "By",
                "Bytes of the transport's buffers outside the heap.",
                PlatformDependent::usedDirectMemory);
        if (Files.isReadable(STATUS)) {
            level("process.memory.usage", "By", "Bytes of the process in memory.", ProcessMetrics::resident);
        }
    }

    private void pools(String name, String description, ToLongFunction<MemoryUsage> value) {
        meter.upDownCounterBuilder(name)
                .setUnit("By")
                .setDescription(description)
                .buildWithCallback(measurement -> {
                    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                        long bytes = value.applyAsLong(pool.getUsage());
                        if (bytes >= 0) {
                            String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
                            measurement.record(bytes, Attributes.of(TYPE, type, POOL, pool.getName()));
                        }
                    }
                });
    }

    private void collections() {
        DoubleHistogram pauses = meter.histogramBuilder("jvm.gc.duration")
                .setUnit("s")
                .setDescription("Time of garbage collections.")
                .setExplicitBucketBoundariesAdvice(PAUSES)
                .build();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((event, none) -> record(event, pauses), null, null);
            }
        }
    }

    private static void record(Notification event, DoubleHistogram pauses) {
        if (event.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GarbageCollectionNotificationInfo collection =
                    GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData());
            pauses.record(
                    collection.getGcInfo().getDuration() / 1e3,
                    Attributes.of(COLLECTOR, collection.getGcName(), ACTION, collection.getGcAction()));
        }
    }

    private void threadsAndFiles() {
        level(
                "jvm.thread.count",
                "{thread}",
                "Threads.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        level(
                "jvm.cpu.count",
                "{cpu}",
                "Processors that the process may use.",
                () -> Runtime.getRuntime().availableProcessors());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            level(
                    "process.unix.file_descriptor.count",
                    "{file_descriptor}",
                    "Open files and sockets.",
                    system::getOpenFileDescriptorCount);
            meter.counterBuilder("jvm.cpu.time")
                    .ofDoubles()
                    .setUnit("s")
                    .setDescription("Processor time of the process.")
                    .buildWithCallback(measurement -> measurement.record(system.getProcessCpuTime() / 1e9));
        }
    }

    private void level(String name, String unit, String description, LongSupplier value) {
        meter.upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(value.getAsLong()));
    }

    /** Returns the bytes that the process has in memory, RocksDB's and the transport's too; 0 where nobody tells. */
    private static long resident() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    String kibibytes = line.substring(RESIDENT.length())
                            .toLowerCase(Locale.ROOT)
                            .replace("kb", "")
                            .strip();
                    return Long.parseLong(kibibytes) << 10;
                }
            }
        } catch (IOException e) {
            // It is gone when the system says so: there is nothing to tell.
        }
        return 0;
    }
}
