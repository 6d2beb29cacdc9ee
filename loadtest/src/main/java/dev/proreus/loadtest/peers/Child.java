package dev.proreus.loadtest.peers;

import dev.proreus.loadtest.process.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs client programs to their end, each on the client's core. */
final class Child {
    private static final String CLIENT_CORE = "1";
    private static final int TELL_EVERY_SECONDS = 2;

    /** A client that takes longer has hung. */
    private static final int MOST_SECONDS = 300;

    private final Surroundings around;
    private final PrintWriter err;

    Child(Surroundings around, PrintWriter err) {
        this.around = around;
        this.err = err;
    }

    /**
     * Runs a program.
     *
     * @param what says what it does, for signs of life
     * @return what it wrote to its standard output
     * @throws IOException where it does not end with code 0
     */
    String run(String what, List<String> command) throws IOException, InterruptedException {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", CLIENT_CORE));
        pinned.addAll(command);
        Path out = Files.createTempFile("proreus-peers", ".out");
        Path errors = Files.createTempFile("proreus-peers", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(pinned).redirectOutput(out.toFile()).redirectError(errors.toFile());
        builder.environment().put("PROREUS_NO_BUILD", "1");
        builder.environment().put("PROREUS_JAVA_OPTS", OneCore.JAVA_OPTIONS);
        Process process = builder.start();
        around.atEnd().accept(process::destroyForcibly);
        try {
            await(what, process);
            if (process.exitValue() != 0) {
                throw new IOException(
                        what + " ended with code " + process.exitValue() + ": " + last(out) + last(errors));
            }
            return Files.readString(out);
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(errors);
        }
    }

    private void await(String what, Process process) throws IOException, InterruptedException {
        int seconds = 0;
        while (!process.waitFor(TELL_EVERY_SECONDS, TimeUnit.SECONDS)) {
            seconds += TELL_EVERY_SECONDS;
            if (seconds > MOST_SECONDS) {
                throw new IOException(what + " takes longer than " + MOST_SECONDS + " s");
            }
            err.println(String.format(Locale.ROOT, "bench peers: %s (%d s)", what, seconds));
            err.flush();
        }
    }

    private static String last(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(Math.max(0, text.length() - 2_000));
    }
}
