package dev.proreus.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads and writes HOST:PORT. Only loopback addresses pass: there is no access control yet, so nobody else may reach
 * the server.
 */
final class ListenAddress implements ITypeConverter<InetSocketAddress> {
    private static final int PORT_MAX = 65_535;

    @Override
    public InetSocketAddress convert(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw refusal(text, "is not HOST:PORT; give both, such as 127.0.0.1:8490");
        }
        int port = port(text, text.substring(colon + 1));
        InetAddress address = resolve(text, text.substring(0, colon));
        if (!address.isLoopbackAddress()) {
            throw refusal(
                    text,
                    "is not a loopback address; without access control the server listens on loopback only,"
                            + " such as 127.0.0.1:8490");
        }
        return new InetSocketAddress(address, port);
    }

    /** Returns an address as people write it. */
    static String shown(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Returns what a failure to listen means; {@code choice} is how to choose another port. */
    static String cannotListen(InetSocketAddress address, IOException failure, String choice) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean taken = String.valueOf(root.getMessage()).contains("Address already in use");
        return "cannot listen on " + shown(address) + ": "
                + (taken ? "another process uses the port" : String.valueOf(root.getMessage()))
                + "; stop what uses the port, or choose another with " + choice;
    }

    private static InetAddress resolve(String text, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw refusal(text, "names a host that is unknown; use 127.0.0.1 or localhost");
        }
    }

    private static int port(String text, String given) {
        try {
            int port = Integer.parseInt(given);
            if (port >= 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is no port.
        }
        throw refusal(text, "has no right port; use a number from 0 (any free one) to " + PORT_MAX);
    }

    private static TypeConversionException refusal(String text, String why) {
        return new TypeConversionException("'" + text + "' " + why);
    }
}
