package dev.proreus.workspace.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A process of its own that holds a store and writes to it until it is killed. It says {@code open}, and then the
 * number of each write that was durable.
 */
final class StoreProcess implements AutoCloseable {
    static final Keys KEYS = Keys.ofShard(0);
    static final byte[] LAST = KEYS.workspace(1);
    private static final int VALUE_BYTES = 2_000;

    private final Process process;
    private final BufferedReader said;

    private StoreProcess(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Starts a process on a folder, with a folder of its own for temporary files, and waits until it is open. */
    static StoreProcess start(Path folder, Path temporary) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        StoreProcess started = new StoreProcess(process);
        if (!started.line().equals("open")) {
            throw new IllegalStateException("the process did not open the store");
        }
        return started;
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the next number that it wrote. */
    long nextWritten() throws IOException {
        return Long.parseLong(line());
    }

    /** Ends the process as a power switch would, and returns the last number that it had said. */
    long kill() throws IOException, InterruptedException {
        // By its handle: destroying it as a child would also throw away what it has said.
        process.toHandle().destroyForcibly();
        long last = 0;
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            last = Long.parseLong(line);
        }
        process.waitFor();
        return last;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String line() throws IOException {
        return Objects.requireNonNull(said.readLine(), "the process ended");
    }

    /** Writes number after number: each a row in {@code log}, and the newest of them in {@code meta}. */
    public static void main(String[] args) {
        try (RocksDbStore store = TestStores.open(Path.of(args[0]))) {
            System.out.println("open");
            for (long i = 1; ; i++) {
                StoreBatch batch = new StoreBatch();
                batch.put(Table.LOG, KEYS.log(1, i), new byte[VALUE_BYTES]);
                batch.put(
                        Table.META,
                        LAST,
                        ByteBuffer.allocate(Long.BYTES).putLong(i).array());
                store.write(batch);
                System.out.println(i);
            }
        }
    }
}
