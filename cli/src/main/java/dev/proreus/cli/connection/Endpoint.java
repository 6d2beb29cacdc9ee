package dev.proreus.cli.connection;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;

/**
 * Where a server listens.
 *
 * @param host a name or an address, without the brackets of IPv6
 * @param port from 0 to 65535
 */
public record Endpoint(String host, int port) {
    /** The port where none is said. */
    public static final int DEFAULT_PORT = 8490;

    /** Where a server is looked for, and where {@code dev} listens, unless something else is said. */
    public static final Endpoint DEFAULT = new Endpoint("127.0.0.1", DEFAULT_PORT);

    private static final int PORT_MAX = 65_535;

    /**
     * Reads HOST:PORT, HOST, [IPv6]:PORT or [IPv6].
     *
     * @throws FailedException of usage, where it is none of these
     */
    public static Endpoint parse(String text) {
        int bracket = text.indexOf(']');
        int colon = text.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? text : text.substring(0, colon);
        if (bracket > 0 && text.startsWith("[")) {
            host = text.substring(1, bracket);
        }
        int port = colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1));
        if (host.isEmpty() || port < 0 || host.contains("/") || (bracket < 0 && host.contains(":"))) {
            throw FailedException.because(ExitCode.USAGE, "'" + text + "' is not an address of the form HOST:PORT")
                    .advise("one such as " + DEFAULT);
        }
        return new Endpoint(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static int port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        return port <= PORT_MAX ? port : -1;
    }
}
