package dev.proreus.cli;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Tells the version of the tool. */
@Command(name = "version", description = "Tell the version of this tool.")
final class VersionCommand implements Callable<Integer> {
    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream("/proreus-cli.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        terminal.line("proreus " + properties.getProperty("version", "unknown") + ", java "
                + System.getProperty("java.version"));
        return ExitCode.DONE.number();
    }
}
