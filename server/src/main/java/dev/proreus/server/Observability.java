package dev.proreus.server;

import dev.proreus.server.telemetry.AdminPort;
import dev.proreus.server.telemetry.Telemetry;
import dev.proreus.workspace.Instrumentation;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of this process: its numbers, and the admin port where they are read. It starts on a thread of its
 * own, since its libraries take about as long to load as the store takes to open, and a server must be back soon.
 */
final class Observability implements AutoCloseable {
    /** Threads of the admin port: one scrape beside one look by hand. */
    private static final int ADMIN_THREADS = 2;

    /** Requests that may wait there; more connections are closed. */
    private static final int ADMIN_QUEUE = 16;

    private static final String ENVIRONMENT = "OTEL_";

    private final CompletableFuture<Parts> parts;
    private volatile BooleanSupplier serving = () -> false;

    /**
     * What has started.
     *
     * @param telemetry the SDK; null where nobody looks
     * @param admin the port; null where there is none
     */
    private record Parts(
            @Nullable Telemetry telemetry, @Nullable AdminPort admin) {}

    private Observability(AdminAddress where) {
        InetSocketAddress address = where.address();
        boolean wanted =
                address != null || System.getenv().keySet().stream().anyMatch(it -> it.startsWith(ENVIRONMENT));
        NamedThreads threads = new NamedThreads("telemetry");
        this.parts = wanted
                ? CompletableFuture.supplyAsync(
                        () -> open(address), work -> threads.newThread(work).start())
                : CompletableFuture.completedFuture(new Parts(null, null));
    }

    /** Begins to start. */
    static Observability begin(AdminAddress where) {
        return new Observability(where);
    }

    private Parts open(@Nullable InetSocketAddress address) {
        String version = version();
        Telemetry telemetry = Telemetry.start(version);
        if (address == null) {
            return new Parts(telemetry, null);
        }
        ExecutorService threads = new ThreadPoolExecutor(
                ADMIN_THREADS,
                ADMIN_THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(ADMIN_QUEUE),
                new NamedThreads("admin"));
        try {
            return new Parts(
                    telemetry, AdminPort.open(address, telemetry, () -> serving.getAsBoolean(), version, threads));
        } catch (IOException e) {
            threads.shutdownNow();
            throw new StartException(ListenAddress.cannotListen(address, e, "--admin HOST:PORT or --admin off"), e);
        }
    }

    /**
     * Returns what numbers are told to, once it has started.
     *
     * @throws StartException where it cannot start
     */
    Instrumentation instrumentation() {
        Telemetry telemetry = started().telemetry();
        return telemetry == null ? Instrumentation.none() : new Instrumentation(telemetry.meter(), System::nanoTime);
    }

    /** Takes who knows whether the server takes calls. */
    void watch(BooleanSupplier takesCalls) {
        serving = takesCalls;
    }

    /** Returns where operators are answered, as people write it. */
    String shown() {
        AdminPort admin = started().admin();
        return admin == null ? "off" : ListenAddress.shown(admin.address());
    }

    private Parts started() {
        try {
            return parts.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StartException failed) {
                throw failed;
            }
            if (e.getCause() instanceof ConfigurationException refused) {
                throw new StartException(
                        "the OTEL_ variables of the environment cannot be followed: " + refused.getMessage(), refused);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        Parts open = started();
        if (open.admin() != null) {
            open.admin().close();
        }
        if (open.telemetry() != null) {
            open.telemetry().close();
        }
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Observability.class.getResourceAsStream("/proreus-server.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new StartException("the program's own files cannot be read: install it again", e);
        }
        return properties.getProperty("version", "unknown");
    }
}
