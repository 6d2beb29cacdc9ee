package dev.proreus.server;

import dev.proreus.server.rehearsal.Rehearsal;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.cache.CacheSizes;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serve}: runs the server until it is told to stop. */
@Command(name = "serve", description = "Runs the server until SIGTERM or Ctrl-C.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".proreus",
            description = "Folder of the data, made where it is missing. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of(".proreus");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8490",
            converter = ListenAddress.class,
            description = "Where to listen, loopback only. Default: ${DEFAULT-VALUE}")
    private InetSocketAddress listen = new InetSocketAddress(0);

    @Option(
            names = "--history-age",
            paramLabel = "AGE",
            defaultValue = "1h",
            converter = AgeText.class,
            description = "How long a state can be read after it was replaced. Default: ${DEFAULT-VALUE}")
    private Duration historyAge = Duration.ZERO;

    @Option(
            names = "--history-bytes",
            paramLabel = "SIZE",
            defaultValue = "4GiB",
            converter = SizeText.class,
            description = "Most history held; past it the largest workspaces lose theirs first."
                    + " Default: ${DEFAULT-VALUE}")
    private long historyBytes;

    @Option(
            names = "--block-cache",
            paramLabel = "SIZE",
            defaultValue = "256MiB",
            converter = SizeText.class,
            description = "Memory beside the heap for what was read from disk, with its indexes and filters."
                    + " Default: ${DEFAULT-VALUE}")
    private long blockCacheBytes;

    @Option(
            names = "--object-cache",
            paramLabel = "SIZE",
            converter = SizeText.class,
            description = "Memory of the heap for the newest objects, which writes and reads of one object look at."
                    + " Default: 64MiB, or a sixteenth of the largest heap where that is less")
    private @Nullable Long objectCacheBytes;

    @Option(
            names = "--body-cache",
            paramLabel = "SIZE",
            converter = SizeText.class,
            description = "Memory beside the heap for the objects written last, which watches that catch up read."
                    + " Default: 640MiB, or an eighth of the largest heap where that is less")
    private @Nullable Long bodyCacheBytes;

    @Option(
            names = "--write-buffers",
            paramLabel = "SIZE",
            defaultValue = "64MiB",
            converter = SizeText.class,
            description = "Memory beside the heap for what is written and not yet in tables; the log of writes, which"
                    + " a start replays, grows to twice as much. Default: ${DEFAULT-VALUE}")
    private long writeBufferBytes;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT|off",
            converter = AdminAddress.Converter.class,
            description = {
                "Where operators read /metrics, /healthz and /version over plain HTTP, loopback only.",
                "Default: port 8491, or any free one where --listen says port 0."
            })
    private @Nullable AdminAddress admin;

    @Option(
            names = "--rehearse",
            hidden = true,
            description = "Ends after a few calls to itself; what is loaded for them can be recorded meanwhile.")
    private boolean rehearse;

    ServeCommand() {}

    @Override
    public Integer call() {
        CacheSizes caches = caches();
        Lifetime lifetime = new Lifetime();
        try {
            Observability operators = Observability.hold(admin == null ? AdminAddress.beside(listen) : admin);
            lifetime.atEnd(operators::close);
            RocksDbSettings settings = new RocksDbSettings(blockCacheBytes, writeBufferBytes);
            RocksDbStore store = RocksDbStore.open(data, settings, lifetime::storeFailed);
            lifetime.atEnd(store::close);
            store.observe(operators.instrumentation());
            ScheduledExecutorService highWater = new ScheduledThreadPoolExecutor(1, new NamedThreads("high-water"));
            // An interrupt would close the file under the one that writes it.
            lifetime.atEnd(highWater::shutdown);
            store.keepHighWater(highWater);
            Retention retention = new Retention(historyAge, historyBytes);
            ControlPlaneServer server = ControlPlaneServer.start(
                    store,
                    ServerOptions.listeningOn(listen, retention, caches, operators.instrumentation()),
                    lifetime::storeFailed);
            lifetime.atEnd(server::close);
            LOG.info(
                    "serving on {}, admin on {}, data in {}, pid {}",
                    ListenAddress.shown(server.address()),
                    operators.shown(),
                    data.toAbsolutePath().normalize(),
                    ProcessHandle.current().pid());
            operators.start(server::isServing);
            if (rehearse) {
                Rehearsal.run(ListenAddress.shown(server.address()));
                return Lifetime.DONE;
            }
        } catch (StoreException | StartException e) {
            spec.commandLine().getErr().println("proreus serve: " + e.getMessage());
            return lifetime.startFailed();
        } catch (RuntimeException | Error e) {
            LOG.error("the start failed", e);
            return lifetime.startFailed();
        }
        return lifetime.await();
    }

    /** Java allows as much memory beside the heap as the heap may have, unless it is told otherwise. */
    private CacheSizes caches() {
        long most = Runtime.getRuntime().maxMemory();
        CacheSizes defaults = CacheSizes.defaults(most);
        return new CacheSizes(
                within(
                        "--object-cache",
                        objectCacheBytes,
                        most / 2,
                        "half of the largest heap",
                        defaults.objectBytes()),
                within("--body-cache", bodyCacheBytes, most, "the largest heap", defaults.bodyBytes()));
    }

    private long within(String option, @Nullable Long asked, long most, String what, long otherwise) {
        if (asked != null && asked > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '" + option + "': it is more than " + (most >> 20) + "MiB, " + what
                            + ": give it less, or Java more by PROREUS_JAVA_OPTS=-Xmx...");
        }
        return asked != null ? asked : otherwise;
    }
}
