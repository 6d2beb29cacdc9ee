package dev.proreus.workspace.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Bytes that must never change: lines of {@code name = hexadecimal} in a file under {@code golden}. A stored form that
 * changes on purpose gets a new format byte and a new line; the old line stays, as long as the old form is read.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private final String file;
    private final Map<String, String> lines = new TreeMap<>();

    private Golden(String file) {
        this.file = file;
    }

    public static Golden read(String file) throws IOException {
        Golden golden = new Golden(file);
        for (String line : Files.readAllLines(FOLDER.resolve(file))) {
            int equals = line.indexOf('=');
            if (!line.startsWith("#") && equals > 0) {
                golden.lines.put(
                        line.substring(0, equals).trim(),
                        line.substring(equals + 1).replace(" ", ""));
            }
        }
        return golden;
    }

    /** Returns the bytes of a line. */
    public byte[] bytes(String name) {
        return HexFormat.of().parseHex(Objects.requireNonNull(lines.get(name), "no line " + name + " in " + file));
    }

    /** Asserts that the lines of the file are these and no others, bytes and all. */
    public void assertMatches(Map<String, byte[]> encoded) {
        Map<String, String> actual = new TreeMap<>();
        encoded.forEach((name, bytes) -> actual.put(name, HexFormat.of().formatHex(bytes)));
        assertThat(actual).as("golden/" + file).isEqualTo(lines);
    }
}
