package dev.proreus.loadtest.peers;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The programs that a comparison runs.
 *
 * @param launcher ours
 * @param etcd etcd's server
 * @param benchmark etcd's own load generator
 */
record Programs(String launcher, Path etcd, Path benchmark) {
    private static final String SERVER_PACKAGE = "go.etcd.io/etcd/server/v3";
    private static final String BENCHMARK_PACKAGE = "go.etcd.io/etcd/v3/tools/benchmark";
    private static final int CORES = 2;
    private static final int TELL_EVERY_SECONDS = 2;

    /** Finds what is needed, and builds etcd, which Go caches, from the module that pins it. */
    static Programs prepare(PrintWriter err) throws MissingException, IOException, InterruptedException {
        String launcher = System.getProperty("proreus.launcher", "");
        String home = System.getProperty("proreus.home", "");
        Path module = Path.of(home, "loadtest", "src", "peers");
        if (launcher.isEmpty() || !Files.isRegularFile(module.resolve("go.mod"))) {
            throw new MissingException("this runs from a clone of the repository only: ./proreus bench peers");
        }
        require("taskset", "it keeps server and client on a core each (Linux: util-linux)");
        require("go", "etcd is built from source; install Go 1.26 or newer");
        if (Runtime.getRuntime().availableProcessors() < CORES) {
            throw new MissingException("it takes " + CORES + " cores, one for the server and one for the client");
        }
        Path built = Path.of(home, "target", "peers");
        Files.createDirectories(built);
        Path etcd = built.resolve("etcd");
        Path benchmark = built.resolve("benchmark");
        build(module, etcd, SERVER_PACKAGE, err);
        build(module, benchmark, BENCHMARK_PACKAGE, err);
        return new Programs(launcher, etcd, benchmark);
    }

    private static void build(Path module, Path program, String source, PrintWriter err)
            throws MissingException, IOException, InterruptedException {
        Path log = program.resolveSibling(program.getFileName() + "-build.log");
        Process go = new ProcessBuilder("go", "build", "-o", program.toString(), source)
                .directory(module.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int seconds = 0;
        while (!go.waitFor(TELL_EVERY_SECONDS, TimeUnit.SECONDS)) {
            seconds += TELL_EVERY_SECONDS;
            err.println(String.format(Locale.ROOT, "bench peers: building %s (%d s)", source, seconds));
            err.flush();
        }
        if (go.exitValue() != 0) {
            throw new MissingException(
                    "go could not build " + source + ":" + System.lineSeparator() + Files.readString(log));
        }
    }

    private static void require(String program, String why) throws MissingException {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return;
            }
        }
        throw new MissingException("there is no " + program + " on the PATH: " + why);
    }
}
