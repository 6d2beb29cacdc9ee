package dev.proreus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.cache.CacheSizes;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code doctor} as its operator meets it: what it says, how it ends, and that it changes nothing. */
class DoctorTest {
    private static final int SOUND = 0;
    private static final int UNSOUND = 1;
    private static final int UNSEEN = 2;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Path data() {
        return folder.resolve("data");
    }

    private RocksDbStore open() {
        return RocksDbStore.open(data(), RocksDbSettings.defaults(), failure -> {});
    }

    private void serve() {
        try (RocksDbStore store = open()) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ControlPlaneServer.start(
                            store,
                            ServerOptions.listeningOn(
                                    any, Limits.RETENTION, new CacheSizes(1 << 20, 1 << 20), Instrumentation.none()),
                            failure -> {})
                    .close();
        }
    }

    private int doctor(String... more) {
        String[] arguments = Stream.concat(Stream.of("doctor", "--data", data().toString()), Stream.of(more))
                .toArray(String[]::new);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void aSoundStoreIsSoundAndStaysAsItIs() throws IOException {
        serve();
        Map<String, String> before = state();

        assertThat(doctor()).as(err.toString()).isEqualTo(SOUND);
        assertThat(out.toString()).startsWith("sound: data folder " + data());
        assertThat(doctor("--output", "json")).isEqualTo(SOUND);
        assertThat(out.toString().lines().skip(1))
                .containsExactly("{\"sound\":true,\"rows\":1,\"findings\":0,\"shown\":[]}");

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatIsWrongIsNamedAndCounted() {
        serve();
        try (RocksDbStore store = open()) {
            StoreBatch batch = new StoreBatch();
            batch.put(Table.DEDUP, new byte[] {0, 0, 9}, new byte[] {1});
            batch.put(Table.LOG, Keys.ofShard(0).log(77, 1), new byte[] {1});
            store.write(batch);
        }

        assertThat(doctor()).isEqualTo(UNSOUND);
        assertThat(out.toString().lines())
                .contains("log workspace#77: the workspace never existed")
                .anyMatch(line -> line.startsWith("dedup 0x000009: "))
                .last()
                .asString()
                .startsWith("unsound: data folder " + data())
                .endsWith("findings: restore it from a backup");
        assertThat(doctor("-o", "json")).isEqualTo(UNSOUND);
        assertThat(out.toString())
                .contains("{\"table\":\"log\",\"key\":\"workspace#77\",\"wrong\":\"the workspace never existed\"}");
    }

    @Test
    void aStoreThatCannotBeOpenedForItsDamageIsUnsound() throws IOException {
        serve();
        Files.delete(data().resolve("rocksdb").resolve("CURRENT"));

        assertThat(doctor()).isEqualTo(UNSOUND);
        assertThat(out.toString().lines())
                .containsExactly(
                        "folder " + data() + ": data folder " + data()
                                + " is damaged (rocksdb/CURRENT is missing): restore it from a backup",
                        "unsound: data folder " + data() + ", 0 rows, 1 findings: restore it from a backup");
        assertThat(doctor("-o", "json")).isEqualTo(UNSOUND);
        assertThat(out.toString()).contains("{\"sound\":false,\"rows\":0,\"findings\":1,");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatCannotBeLookedAtIsToldInOneLine() throws IOException {
        assertThat(doctor()).isEqualTo(UNSEEN);
        assertThat(err.toString())
                .isEqualTo("proreus doctor: folder " + data()
                        + " does not exist: name the folder of a store with --data\n");
        assertThat(data()).doesNotExist();

        try (RocksDbStore store = open()) {
            assertThat(store).isNotNull();
            assertThat(doctor()).isEqualTo(UNSEEN);
            assertThat(err.toString()).contains("is in use by this process");
        }
        assertThat(doctor("--output", "xml")).isEqualTo(UNSEEN);
        assertThat(out.toString()).isEmpty();
    }

    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("native"))
                    .toList()) {
                state.put(
                        file.toString(),
                        Files.getLastModifiedTime(file) + " " + HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return state;
    }
}
