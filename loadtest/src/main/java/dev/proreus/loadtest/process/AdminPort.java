package dev.proreus.loadtest.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The admin port of a server, where its metrics are read.
 *
 * @param address host and port
 */
public record AdminPort(String address) {
    private static final int TRIES = 100;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(?:\\{[^}]*})? (\\S+)", Pattern.MULTILINE);

    /** Metrics as they stood at one time, as text. */
    public record Metrics(String text) {
        /** Returns the sum of a metric over its labels, where there is such a metric. */
        public OptionalDouble find(String name) {
            double sum = 0;
            boolean found = false;
            for (Matcher sample = SAMPLE.matcher(text); sample.find(); ) {
                if (sample.group(1).equals(name)) {
                    sum += Double.parseDouble(sample.group(2));
                    found = true;
                }
            }
            return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
        }

        /**
         * Returns the sum of a metric over its labels.
         *
         * @throws IOException where there is no such metric
         */
        public double get(String name) throws IOException {
            return find(name).orElseThrow(() -> new IOException("the server has no metric " + name));
        }
    }

    /**
     * Reads the metrics. A server opens its admin port some time after it serves, so that this is waited for.
     *
     * @throws IOException where nobody answers
     */
    public Metrics metrics() throws IOException {
        for (int tries = 1; ; tries++) {
            try (InputStream answer =
                    URI.create("http://" + address + "/metrics").toURL().openStream()) {
                return new Metrics(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            } catch (ConnectException e) {
                if (tries == TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
