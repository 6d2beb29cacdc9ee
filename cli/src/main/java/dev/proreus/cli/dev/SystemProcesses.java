package dev.proreus.cli.dev;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/** Starts real processes, each with a thread that reads what it prints. */
public final class SystemProcesses implements Processes {
    private static final int LINE_CHARS_MAX = 4_096;

    private final Map<String, String> environment;
    private final ThreadFactory threads;

    /**
     * Makes a starter.
     *
     * @param environment variables that the processes get besides this one's own
     * @param threads makes the threads that read
     */
    public SystemProcesses(Map<String, String> environment, ThreadFactory threads) {
        this.environment = Map.copyOf(environment);
        this.threads = threads;
    }

    @Override
    public Running start(List<String> command, Listener listener) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        threads.newThread(() -> listen(process, listener)).start();
        return new Started(process);
    }

    private static void listen(Process process, Listener listener) {
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            read(reader, listener);
        } catch (IOException e) {
            listener.printed("its output cannot be read: " + e.getMessage());
        }
        try {
            listener.ended(process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells each line; one that is too long is told in parts. */
    private static void read(Reader reader, Listener listener) throws IOException {
        StringBuilder line = new StringBuilder();
        char[] chars = new char[LINE_CHARS_MAX];
        for (int count = reader.read(chars); count >= 0; count = reader.read(chars)) {
            for (int i = 0; i < count; i++) {
                if (chars[i] != '\n') {
                    line.append(chars[i]);
                }
                if (chars[i] == '\n' || line.length() >= LINE_CHARS_MAX) {
                    listener.printed(line.toString());
                    line.setLength(0);
                }
            }
        }
        if (line.length() > 0) {
            listener.printed(line.toString());
        }
    }

    private record Started(Process process) implements Running {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void terminate() {
            process.destroy();
        }

        @Override
        public void kill() {
            process.destroyForcibly();
        }
    }
}
