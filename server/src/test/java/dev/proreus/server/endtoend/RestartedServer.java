package dev.proreus.server.endtoend;

import dev.proreus.guarantees.crash.KillableServer;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One server process after another on one data folder, each on a port of its own, so that no connection waits. */
final class RestartedServer implements KillableServer {
    private final Path folder;
    private final Map<String, String> environment;
    private @Nullable ServerProcess server;

    RestartedServer(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    @Override
    public Channel start() {
        ServerProcess next = new ServerProcess(folder, environment);
        server = next;
        next.start();
        return next.channel();
    }

    @Override
    public void kill() {
        if (server != null) {
            server.close();
        }
    }
}
