package dev.proreus.cli;

import dev.proreus.cli.dev.DevSurroundings;
import dev.proreus.cli.testing.RecordedTerminal;
import dev.proreus.cli.testing.ScriptedProcesses;
import dev.proreus.cli.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Runs command lines against a scripted server, and keeps what they say. */
final class CommandRunner implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    final ScriptedServer server = new ScriptedServer();
    final ScriptedProcesses processes = new ScriptedProcesses();
    final Map<String, String> environment = new HashMap<>();
    String input = "";
    RecordedTerminal terminal = RecordedTerminal.pipe();
    private volatile Runnable interrupt = () -> {};

    /** Runs one and returns its exit code; what it says is in {@link #terminal} alone. */
    int run(String... arguments) {
        return run(RecordedTerminal.pipe(), arguments);
    }

    int run(RecordedTerminal where, String... arguments) {
        terminal = where;
        DevSurroundings dev = new DevSurroundings(
                Optional.of("./proreus"),
                processes,
                stop -> interrupt = stop,
                Map.copyOf(environment),
                new SplittableRandom(42),
                InstantSource.fixed(NOW),
                System::nanoTime);
        return new Commands(new Surroundings(
                        terminal.terminal(),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        server.channels(),
                        dev))
                .run(arguments);
    }

    /** Asks the command that runs to end. */
    void interrupt() {
        interrupt.run();
    }

    String out() {
        return terminal.out();
    }

    String err() {
        return terminal.err();
    }

    @Override
    public void close() {
        server.close();
    }
}
