package dev.proreus.loadtest.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A child process that has come to serve, and said so in a line.
 *
 * @param process the process
 * @param said what was found in that line
 */
record ServingProcess(Process process, MatchResult said) {
    /** What our own server says: where it serves, and where its admin port is. */
    static final Pattern OURS = Pattern.compile("serving on ([^ ,]+), admin on ([^ ,]+)");

    /**
     * Returns what starts a server of ours on loopback.
     *
     * @param javaOptions more flags for its Java; may be empty
     * @param before what goes before the command, such as what keeps it on a core; may be empty
     * @param options those of the verb {@code serve}
     */
    static ProcessBuilder ours(String launcher, String javaOptions, List<String> before, List<String> options) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(launcher, "serve"));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PROREUS_NO_BUILD", "1");
        builder.environment().put("PROREUS_JAVA_OPTS", javaOptions);
        return builder;
    }

    /**
     * Starts a program and waits until it serves.
     *
     * @param serving finds the line that says so
     * @param more takes each line that it says after that, on a thread of its own
     * @throws IOException where it ends without such a line
     */
    static ServingProcess await(ProcessBuilder builder, Pattern serving, ThreadFactory threads, Consumer<String> more)
            throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher found = serving.matcher(line);
            if (found.find()) {
                threads.newThread(() -> passOn(lines, more)).start();
                return new ServingProcess(process, found.toMatchResult());
            }
            all.append("\n  ").append(line);
        }
        throw new IOException("the server does not come to serve:" + all);
    }

    private static void passOn(BufferedReader lines, Consumer<String> more) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                more.accept(line);
            }
        } catch (IOException e) {
            // The process has gone, and with it what it might have said.
            return;
        }
    }
}
