package dev.proreus.cli;

import dev.proreus.cli.connection.Endpoint;
import dev.proreus.cli.dev.DevSurroundings;
import dev.proreus.cli.dev.SystemProcesses;
import dev.proreus.cli.output.Terminal;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The entry of the command line: takes what is around the process and runs the verb. */
public final class Main {
    private static final long PING_SECONDS = 20;
    private static final long PONG_SECONDS = 10;

    private Main() {}

    /** Runs one command line and exits with its code. */
    public static void main(String[] arguments) {
        quietLibraries();
        Map<String, String> environment = System.getenv();
        boolean live = Screen.isTerminal();
        Terminal terminal = new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                live,
                live && Terminal.wantsColours(environment),
                new Screen(System::nanoTime)::rows);
        EndByHook ending = new EndByHook(Runtime.getRuntime(), Thread::new);
        DevSurroundings dev = new DevSurroundings(
                Optional.ofNullable(System.getProperty("proreus.launcher")),
                new SystemProcesses(forChildren(environment), Main::readerThread),
                ending,
                environment,
                new SplittableRandom(),
                Clock.systemUTC(),
                System::nanoTime);
        Surroundings around = new Surroundings(terminal, System.in, Main::open, dev);
        int code = new Commands(around).run(arguments);
        ending.ended(code);
        System.exit(code);
    }

    /**
     * What children get besides this process's environment: they run what was built, and compile it quickly rather than
     * thoroughly, which halves the time until something is to be seen; flags of the user come later and win.
     */
    private static Map<String, String> forChildren(Map<String, String> environment) {
        String flags = "-XX:TieredStopAtLevel=1 " + environment.getOrDefault("PROREUS_JAVA_OPTS", "");
        return Map.of("PROREUS_NO_BUILD", "1", "PROREUS_JAVA_OPTS", flags.strip());
    }

    private static Thread readerThread(Runnable work) {
        Thread thread = new Thread(work, "reader");
        thread.setDaemon(true);
        return thread;
    }

    private static ManagedChannel open(Endpoint server) {
        return Grpc.newChannelBuilderForAddress(server.host(), server.port(), InsecureChannelCredentials.create())
                .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PONG_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
    }

    /** What a library has to say reaches the user as an exception, and not as lines between those of a table. */
    private static void quietLibraries() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Logger.getLogger("").setLevel(Level.OFF);
    }
}
