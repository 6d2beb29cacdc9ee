package dev.proreus.server;

import dev.proreus.server.telemetry.AdminPort;
import dev.proreus.server.telemetry.Telemetry;
import dev.proreus.workspace.Instrumentation;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators see of this process: its numbers, and the admin port where they are read.
 *
 * <p>The libraries for it take half a second to load, which a restart cannot spare. So the port is only held at first,
 * where one that is taken can still end the start; the rest starts on a thread of its own once the server serves, and
 * is no reason to stop serving where it fails.
 */
final class Observability implements AutoCloseable {
    /** Threads of the admin port: one scrape beside one look by hand. */
    private static final int ADMIN_THREADS = 2;

    /** Requests that may wait there; more connections are closed. */
    private static final int ADMIN_QUEUE = 16;

    private static final String ENVIRONMENT = "OTEL_";
    private static final Logger LOG = LoggerFactory.getLogger(Observability.class);

    private final Instrumentation instrumentation = new Instrumentation(System::nanoTime);
    private final @Nullable ServerSocket held;
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private boolean closed;

    private Observability(@Nullable ServerSocket held) {
        this.held = held;
    }

    /**
     * Holds the admin port.
     *
     * @throws StartException where it is taken
     */
    static Observability hold(AdminAddress where) {
        InetSocketAddress address = where.address();
        if (address == null) {
            return new Observability(null);
        }
        try {
            return new Observability(new ServerSocket(address.getPort(), 1, address.getAddress()));
        } catch (IOException e) {
            throw new StartException(ListenAddress.cannotListen(address, e, "--admin HOST:PORT or --admin off"), e);
        }
    }

    /** Returns what numbers are told to. */
    Instrumentation instrumentation() {
        return instrumentation;
    }

    /** Returns where operators are answered, as people write it. */
    String shown() {
        return held == null ? "off" : ListenAddress.shown(address(held));
    }

    /** Starts the rest, where anybody looks; {@code serving} tells whether the server takes calls. */
    void start(BooleanSupplier serving) {
        if (held != null || System.getenv().keySet().stream().anyMatch(name -> name.startsWith(ENVIRONMENT))) {
            new NamedThreads("telemetry").newThread(() -> begin(serving)).start();
        }
    }

    private synchronized void begin(BooleanSupplier serving) {
        if (closed) {
            return;
        }
        try {
            String version = version();
            Telemetry telemetry = Telemetry.start(version, instrumentation);
            closers.push(telemetry::close);
            if (held != null) {
                held.close();
                AdminPort port = AdminPort.open(address(held), telemetry, serving, version, adminThreads());
                closers.push(port::close);
            }
        } catch (ConfigurationException e) {
            LOG.error("the OTEL_ variables cannot be followed, so that nobody sees metrics: {}", e.getMessage());
        } catch (IOException e) {
            LOG.error("the admin port cannot be opened, so that nobody sees metrics: {}", e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closers.forEach(Runnable::run);
        closers.clear();
    }

    private static InetSocketAddress address(ServerSocket socket) {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    private static ExecutorService adminThreads() {
        return new ThreadPoolExecutor(
                ADMIN_THREADS,
                ADMIN_THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(ADMIN_QUEUE),
                new NamedThreads("admin"));
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Observability.class.getResourceAsStream("/proreus-server.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty("version", "unknown");
    }
}
