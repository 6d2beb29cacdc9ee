package dev.proreus.server.endtoend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin port of a running server: its numbers move with what happens, and the page that explains them is true. */
class MetricsTest {
    private static final int OK = 200;
    private static final int WRITES = 40;
    private static final int START_SECONDS = 20;

    /** Writes that no socket and no window takes whole. */
    private static final int LARGE_WRITES = 40;

    private static final int LARGE_CHARS = 500_000;
    private static final Path PAGE =
            Path.of(System.getProperty("proreus.root", ".."), "docs", "operations", "METRICS.md");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void numbersMoveWithWhatHappensAndTheirPageIsTrue() throws IOException {
        try (ServerProcess server = new ServerProcess(folder)) {
            server.start();
            Scrape before = Scrape.of(server.admin());
            Api api = new Api(server.channel());
            api.createWorkspace("root:acme");
            api.defineType("robots", "Robot");

            Iterator<WatchResponse> live = watch(api);
            assertThat(live.next().getBookmark().getInitialDone()).isTrue();
            awaitWatches(server, "live", 1); // until then it would read the first writes from history, and be counted
            for (int n = 0; n < WRITES; n++) {
                api.apply("root:acme", "robots", "r" + n, Api.struct(Map.of("target", Api.number(n))));
            }
            refuse(api, "r0");
            api.get("root:acme", "robots", "r0");
            for (int seen = 0; seen < WRITES; ) {
                seen += live.next().getEventsCount();
            }

            Scrape after = Scrape.of(server.admin());
            assertThat(moved(before, after, "proreus_commit_commands_total")).isEqualTo(WRITES + 3);
            assertThat(moved(before, after, "proreus_commit_batches_total")).isEqualTo(WRITES + 2);
            assertThat(after.value("proreus_commit_sync_duration_seconds_count"))
                    .isEqualTo(WRITES + 2);
            assertThat(after.value("proreus_commit_sync_duration_seconds_sum")).isPositive();
            assertThat(after.value("proreus_commit_apply_duration_seconds_count"))
                    .isEqualTo(WRITES + 3);
            assertThat(after.value("proreus_commit_queue_wait_seconds_count")).isEqualTo(WRITES + 3);
            assertThat(after.value("proreus_commit_batch_size_bytes_sum")).isGreaterThan(WRITES * 100);
            assertThat(after.value("proreus_commit_batch_commands_sum")).isEqualTo(WRITES + 2);
            assertThat(after.value("proreus_commit_refusals_total{error_type=\"ALREADY_EXISTS\"}"))
                    .isOne();
            assertThat(after.value(calls("proreus.v1.ObjectService/Apply", "OK")))
                    .isEqualTo(WRITES + 1);
            assertThat(after.value(calls("proreus.v1.ObjectService/Create", "ALREADY_EXISTS")))
                    .isOne();
            assertThat(after.value("proreus_commit_queue_size_bytes")).isZero();
            assertThat(moved(before, after, "proreus_rocksdb_wal_syncs_total")).isGreaterThanOrEqualTo(WRITES);
            assertThat(after.value("proreus_rocksdb_wal_size_bytes")).isGreaterThan(WRITES * 100);
            assertThat(after.value("proreus_rocksdb_keys{proreus_table=\"head\"}"))
                    .isGreaterThanOrEqualTo(WRITES);
            assertThat(moved(before, after, "proreus_rocksdb_seeks_total")).isPositive();
            assertThat(moved(before, after, "jvm_cpu_time_seconds_total")).isPositive();
            assertThat(after.value("proreus_watch_subscriptions{proreus_watch_state=\"live\"}"))
                    .isOne();
            assertThat(moved(before, after, "proreus_watch_events_total")).isEqualTo(WRITES);
            assertThat(moved(before, after, "proreus_watch_messages_total")).isBetween(1.0, (double) WRITES);
            assertThat(moved(before, after, "proreus_watch_events_size_bytes_total"))
                    .isGreaterThan(WRITES * 50);
            assertThat(moved(before, after, "proreus_watch_bookmarks_total")).isOne();
            assertThat(moved(before, after, "proreus_watch_ring_entries")).isGreaterThanOrEqualTo(WRITES);
            assertThat(after.value("proreus_watch_ring_span_seconds")).isPositive();
            assertThat(after.value("proreus_watch_loop_lag{proreus_watch_loop=\"0\"}"))
                    .isZero();
            assertThat(watch(api, WatchRequest.newBuilder().setAfterRevision(1))
                            .next()
                            .getEventsCount())
                    .isPositive();
            endByDeletion(api);
            Scrape last = Scrape.of(server.admin());
            assertThat(last.value("proreus_watch_ends_total{error_type=\"WORKSPACE_DELETED\"}"))
                    .isOne();
            assertThat(last.value("proreus_commit_oldest_seconds")).isLessThan(1);
            assertThat(last.value("proreus_watch_history_distance_count")).isOne();
            assertThat(last.value("proreus_watch_history_distance_sum")).isEqualTo(WRITES - 1);
            assertThat(last.value("proreus_watch_history_distance_most")).isEqualTo(WRITES - 1);
            assertThat(last.value("proreus_retention_history_size_bytes")).isGreaterThan(WRITES * 100);
            assertThat(rows(last)).isEqualTo(rowsOfThePage(rows(last)));
        }
    }

    @Test
    void aReaderThatStopsIsSeenInTheSnapshotThatItDoesNotTake() {
        try (ServerProcess server = new ServerProcess(folder)) {
            server.start();
            Api api = new Api(server.channel());
            api.createWorkspace("root:acme");
            api.defineType("robots", "Robot");
            for (int n = 0; n < LARGE_WRITES; n++) {
                api.apply(
                        "root:acme", "robots", "r" + n, Api.struct(Map.of("load", Api.text("x".repeat(LARGE_CHARS)))));
            }

            Iterator<WatchResponse> stopped = watch(api);
            stopped.next();
            awaitWatches(server, "snapshot", 1);
            Awaitility.await()
                    .atMost(START_SECONDS, SECONDS)
                    .until(() -> Scrape.of(server.admin()).value("proreus_watch_subscriptions_held") == 1);
            while (!stopped.next().getBookmark().getInitialDone()) {}

            awaitWatches(server, "snapshot", 0);
        }
    }

    /** Has a watch end because its workspace goes. */
    private static void endByDeletion(Api api) {
        api.createWorkspace("root:acme:gone");
        Iterator<WatchResponse> ended = api.objects()
                .watch(WatchRequest.newBuilder()
                        .setWorkspace("root:acme:gone")
                        .setType("robots")
                        .build());
        assertThat(ended.next().getBookmark().getInitialDone()).isTrue();
        api.deleteWorkspace("root:acme:gone");
        assertThat(catchThrowable(ended::next)).hasMessageContaining("NOT_FOUND");
    }

    private static void awaitWatches(ServerProcess server, String state, int count) {
        String key = "proreus_watch_subscriptions{proreus_watch_state=\"" + state + "\"}";
        Awaitility.await()
                .atMost(START_SECONDS, SECONDS)
                .until(() -> Scrape.of(server.admin()).value(key) == count);
    }

    @Test
    void theAdminPortSaysWhetherTheServerServesAndWhichItIs() {
        try (ServerProcess server = new ServerProcess(folder)) {
            server.start();

            assertThat(Scrape.get(server.admin(), "/healthz").statusCode()).isEqualTo(OK);
            assertThat(Scrape.get(server.admin(), "/healthz").body()).isEqualTo("serving\n");
            assertThat(Scrape.get(server.admin(), "/version").body()).matches("\\d+\\.\\d+\\.\\d+.*\n");
            assertThat(Scrape.get(server.admin(), "/metricsandmore").statusCode())
                    .isEqualTo(404);
        }
    }

    private static void refuse(Api api, String name) {
        Object again = Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name))
                .setSpec(Api.struct(Map.of()))
                .build();
        CreateRequest request = CreateRequest.newBuilder()
                .setWorkspace("root:acme")
                .setType("robots")
                .setObject(again)
                .build();
        assertThat(catchThrowable(() -> api.objects().create(request))).hasMessageContaining("ALREADY_EXISTS");
    }

    private static Iterator<WatchResponse> watch(Api api) {
        return watch(api, WatchRequest.newBuilder());
    }

    private static Iterator<WatchResponse> watch(Api api, WatchRequest.Builder start) {
        return api.objects()
                .watch(start.setWorkspace("root:acme").setType("robots").build());
    }

    private static String calls(String method, String status) {
        return "grpc_server_call_duration_seconds_count{grpc_method=\"" + method + "\",grpc_status=\"" + status + "\"}";
    }

    private static double moved(Scrape before, Scrape after, String key) {
        return after.value(key) - before.value(key);
    }

    private static List<String> rows(Scrape scrape) {
        return scrape.metrics().entrySet().stream()
                .map(metric ->
                        "| `" + metric.getKey() + "` | " + metric.getValue().type() + " | "
                                + String.join(", ", metric.getValue().labels()) + " | "
                                + metric.getValue().help() + " |")
                .toList();
    }

    /** Returns the rows of the table in the page; where they are not those expected, leaves what they should be. */
    private static List<String> rowsOfThePage(List<String> expected) throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> rows = page.stream().filter(line -> line.startsWith("| `")).toList();
        if (!rows.equals(expected)) {
            Path right = Files.write(Path.of("target", "METRICS-rows.md"), expected);
            System.out.println("the rows of " + PAGE + " should be those in " + right.toAbsolutePath());
        }
        return rows;
    }
}
