package dev.proreus.cli.dev;

import dev.proreus.cli.connection.Endpoint;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Where the server is to listen: on loopback, at a port that is free. */
final class Listening {

    private Listening() {}

    /**
     * Returns the address with its port, which is any free one where 0 is asked for.
     *
     * @throws FailedException where it is not loopback, or taken: talking to what listens there would be worse than
     *     waiting for the server to find out
     */
    static Endpoint at(Endpoint wanted) {
        InetAddress address = loopback(wanted);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, wanted.port()));
            return new Endpoint(wanted.host(), socket.getLocalPort());
        } catch (IOException e) {
            throw FailedException.because(ExitCode.FAILED, "cannot listen on " + wanted + ": " + e.getMessage())
                    .advise("--listen HOST:PORT, to choose another port, or end what listens there");
        }
    }

    private static InetAddress loopback(Endpoint wanted) {
        try {
            InetAddress address = InetAddress.getByName(wanted.host());
            if (address.isLoopbackAddress()) {
                return address;
            }
        } catch (UnknownHostException e) {
            throw FailedException.because(ExitCode.USAGE, "--listen: there is no host " + wanted.host());
        }
        throw FailedException.because(
                ExitCode.USAGE,
                "--listen: " + wanted.host()
                        + " is not loopback, and dev, which has no access control, listens there only");
    }
}
