package dev.proreus.loadtest.deletion;

import dev.proreus.loadtest.process.AdminPort;
import dev.proreus.loadtest.process.DataFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How much disk the data take.
 *
 * @param bytes of table files, and of write buffers, which become such; the write-ahead log has a limit of its own
 * @param liveBytes of all versions and log rows that can be read, as the engine counts them: since the run is shorter
 *     than history is held, everything that was ever written in a workspace that is still there
 */
record Footprint(double bytes, double liveBytes) {
    static Footprint of(Path folder, AdminPort admin) throws IOException {
        AdminPort.Metrics metrics = admin.metrics();
        return new Footprint(
                DataFolder.bytes(folder, ".sst") + metrics.get("proreus_rocksdb_memtable_size_bytes"),
                metrics.get("proreus_retention_history_size_bytes"));
    }

    double ratio() {
        return bytes / liveBytes;
    }
}
