package dev.proreus.server;

import dev.proreus.workspace.check.Finding;
import dev.proreus.workspace.check.StoreCheck;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code doctor}: looks at all of a store that no server uses, without changing a byte of it. Exit codes: 0 it is
 * sound, 1 something is wrong with it, 2 it cannot be looked at.
 */
@Command(
        name = "doctor",
        description = {
            "Looks at all of a store that no server uses, and changes nothing.",
            "Exit codes: 0 sound, 1 something is wrong, 2 it cannot be looked at."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final int SOUND = 0;
    private static final int UNSOUND = 1;
    private static final int UNSEEN = 2;

    /** Findings that are shown; the rest is counted. One fault often shows at many places. */
    private static final int SHOWN = 100;

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".proreus",
            description = "Folder of the data. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of(".proreus");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}")
    private Format format = Format.text;

    private final List<Finding> shown = new ArrayList<>();
    private long found;
    private long rows;
    private long nextSign;

    private enum Format {
        text,
        json
    }

    DoctorCommand() {}

    @Override
    public Integer call() {
        nextSign = System.nanoTime() + SIGN_OF_LIFE.toNanos();
        try (RocksDbStore store = RocksDbStore.openReadOnly(data, RocksDbSettings.defaults())) {
            store.verifyFiles((file, wrong) -> found(new Finding("file", file, wrong)));
            rows = StoreCheck.run(Keys.ofShard(0), store, this::found, this::seen);
        } catch (StoreException e) {
            if (!isDamage(e)) {
                spec.commandLine().getErr().println("proreus doctor: " + e.getMessage());
                return UNSEEN;
            }
            found(new Finding("folder", String.valueOf(data), String.valueOf(e.getMessage())));
        }
        spec.commandLine().getOut().println(format == Format.json ? json() : summary());
        return found == 0 ? SOUND : UNSOUND;
    }

    /** Returns whether there is a store that nothing can be read of because of what is wrong with it. */
    private static boolean isDamage(StoreException e) {
        return e instanceof StoreOpenException opening
                ? opening.kind() == StoreOpenException.Kind.CORRUPT
                : e instanceof StoreCorruptException;
    }

    private void found(Finding finding) {
        found++;
        if (found <= SHOWN) {
            shown.add(finding);
            if (format == Format.text) {
                spec.commandLine().getOut().println(finding);
            }
        }
    }

    private void seen(long count) {
        long now = System.nanoTime();
        if (now >= nextSign) {
            nextSign = now + SIGN_OF_LIFE.toNanos();
            spec.commandLine().getErr().printf("proreus doctor: %,d rows so far, %,d findings%n", count, found);
        }
    }

    private String summary() {
        String folder = "data folder " + data.toAbsolutePath().normalize();
        if (found == 0) {
            return String.format("sound: %s, %,d rows", folder, rows);
        }
        String more = found > SHOWN ? String.format(", of which the first %d are shown", SHOWN) : "";
        return String.format(
                "unsound: %s, %,d rows, %,d findings%s: restore it from a backup", folder, rows, found, more);
    }

    private String json() {
        String list = shown.stream()
                .map(finding -> "{\"table\":" + quoted(finding.table()) + ",\"key\":" + quoted(finding.key())
                        + ",\"wrong\":" + quoted(finding.wrong()) + "}")
                .collect(Collectors.joining(","));
        return "{\"sound\":" + (found == 0) + ",\"rows\":" + rows + ",\"findings\":" + found + ",\"shown\":[" + list
                + "]}";
    }

    /** Returns a text as JSON has it. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
