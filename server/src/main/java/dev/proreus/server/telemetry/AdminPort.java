package dev.proreus.server.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/**
 * The port for operators and their tools, plain HTTP on loopback: {@code /metrics}, {@code /healthz} and
 * {@code /version}. It only reads.
 */
public final class AdminPort implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Connections that may wait to be taken. */
    private static final int BACKLOG = 16;

    /** Seconds that a request may take to come in, or an answer to go out: callers are near. Read once by the JDK. */
    private static final String SECONDS_MAX = "10";

    /** How long answers under way may take when the port closes, in seconds. */
    private static final int CLOSING_SECONDS = 0;

    static {
        System.setProperty("sun.net.httpserver.maxReqTime", SECONDS_MAX);
        System.setProperty("sun.net.httpserver.maxRspTime", SECONDS_MAX);
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private AdminPort(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Listens and answers.
     *
     * @param address where; the caller sees to it that it is loopback
     * @param serving whether the server takes calls
     * @param version what {@code /version} says
     * @param threads run the requests, and end with the port
     */
    public static AdminPort open(
            InetSocketAddress address,
            Telemetry telemetry,
            BooleanSupplier serving,
            String version,
            ExecutorService threads)
            throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        server.setExecutor(threads);
        server.createContext(
                "/", reading("/", exchange -> answer(exchange, NOT_FOUND, "try /metrics, /healthz or /version")));
        server.createContext("/metrics", reading("/metrics", telemetry.page()));
        server.createContext("/healthz", reading("/healthz", exchange -> {
            boolean serves = serving.getAsBoolean();
            answer(exchange, serves ? OK : UNAVAILABLE, serves ? "serving" : "not serving");
        }));
        server.createContext("/version", reading("/version", exchange -> answer(exchange, OK, version)));
        server.start();
        return new AdminPort(server, threads);
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(CLOSING_SECONDS);
        threads.shutdownNow();
    }

    /** Lets only requests through that read exactly this path; the JDK's server takes prefixes. */
    private static HttpHandler reading(String path, HttpHandler handler) {
        return exchange -> {
            if (!READING.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, METHOD_NOT_ALLOWED, "this port only reads");
            } else if (!path.equals("/") && !exchange.getRequestURI().getPath().equals(path)) {
                answer(exchange, NOT_FOUND, "try " + path);
            } else {
                handler.handle(exchange);
            }
        };
    }

    private static void answer(HttpExchange exchange, int code, String line) throws IOException {
        byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(code, -1);
            } else {
                exchange.sendResponseHeaders(code, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
