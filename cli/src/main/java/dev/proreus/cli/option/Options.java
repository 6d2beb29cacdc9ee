package dev.proreus.cli.option;

import dev.proreus.cli.connection.Channels;
import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.connection.Endpoint;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that stand before or after any verb. A flag wins over the environment, and that over the default. */
public final class Options {
    private final Map<String, String> environment;
    private final Channels channels;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "HOST:PORT",
            scope = ScopeType.INHERIT,
            description = "Where the server listens (PROREUS_SERVER; 127.0.0.1:8490).")
    private @Nullable String server;

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description = "The workspace, such as root:acme (PROREUS_WORKSPACE).")
    private @Nullable String workspace;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            scope = ScopeType.INHERIT,
            description = "How to show it: table, yaml, json or name.")
    private @Nullable OutputForm output;

    @Option(
            names = "--grpcurl",
            scope = ScopeType.INHERIT,
            description = "Print the equal grpcurl command instead of running it.")
    private boolean grpcurl;

    public Options(Map<String, String> environment, Channels channels) {
        this.environment = environment;
        this.channels = channels;
    }

    /** Returns a connection to the server; the caller closes it. */
    public Connection connect() {
        return new Connection(server(), channels);
    }

    public Endpoint server() {
        String said = server == null ? environment.getOrDefault("PROREUS_SERVER", "") : server;
        return said.isEmpty() ? Endpoint.DEFAULT : Endpoint.parse(said);
    }

    /** Returns whether the command line names a server. */
    public boolean namesServer() {
        return server != null;
    }

    /**
     * Returns the workspace.
     *
     * @throws FailedException of usage, where none is named
     */
    public String workspace() {
        String said = workspaceOr("");
        if (said.isEmpty()) {
            throw FailedException.because(ExitCode.USAGE, "no workspace is named")
                    .advise("-w root:acme, or PROREUS_WORKSPACE (./proreus ws tree shows them)");
        }
        return said;
    }

    /** Returns the workspace, or another one where none is named. */
    public String workspaceOr(String otherwise) {
        String said = workspace == null ? environment.getOrDefault("PROREUS_WORKSPACE", "") : workspace;
        return said.isEmpty() ? otherwise : said;
    }

    /** Returns the form of the output that was asked for, or another one where none was. */
    public OutputForm outputOr(OutputForm otherwise) {
        return output == null ? otherwise : output;
    }

    public boolean grpcurl() {
        return grpcurl;
    }
}
