package dev.proreus.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads HOST:PORT. Only loopback addresses pass: there is no access control yet, so nobody else may reach the server.
 */
final class ListenAddress implements ITypeConverter<InetSocketAddress> {
    private static final int PORT_MAX = 65_535;

    @Override
    public InetSocketAddress convert(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.isEmpty()) {
            throw new TypeConversionException("'" + text + "' is not HOST:PORT; give both, such as 127.0.0.1:8490");
        }
        InetAddress address = resolve(host);
        if (!address.isLoopbackAddress()) {
            throw new TypeConversionException(
                    "'" + host + "' is not a loopback address; without access control the server"
                            + " listens on loopback only, such as 127.0.0.1:8490");
        }
        return new InetSocketAddress(address, port(text.substring(colon + 1)));
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new TypeConversionException("host '" + host + "' is unknown; use 127.0.0.1 or localhost");
        }
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is no port.
        }
        throw new TypeConversionException(
                "'" + text + "' is not a port; use a number from 0 (any free port) to " + PORT_MAX);
    }
}
