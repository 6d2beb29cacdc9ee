package dev.proreus.server;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * Where operators are answered.
 *
 * @param address a loopback address, or null for nowhere
 */
record AdminAddress(@Nullable InetSocketAddress address) {
    private static final int PORT = 8491;
    private static final String NOWHERE = "off";

    /** Returns where operators look by default; a server on any free port shares the machine with others like it. */
    static AdminAddress beside(InetSocketAddress listen) {
        return new AdminAddress(new InetSocketAddress(listen.getAddress(), listen.getPort() == 0 ? 0 : PORT));
    }

    /** Reads HOST:PORT, loopback only, or {@code off}. */
    static final class Converter implements ITypeConverter<AdminAddress> {
        @Override
        public AdminAddress convert(String text) {
            return new AdminAddress(text.equals(NOWHERE) ? null : new ListenAddress().convert(text));
        }
    }
}
