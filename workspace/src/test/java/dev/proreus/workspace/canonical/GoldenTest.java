package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import dev.proreus.v1.Object;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The canonical form, to the byte. What these files say is stored and compared for as long as
 * {@link Canonicalizer#FORM_VERSION} stands; a file that has to change means a new version.
 */
class GoldenTest {
    private static final Path FILES =
            Path.of(System.getProperty("proreus.root", "..")).resolve("workspace/src/test/resources/golden/canonical");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void theFormIsThatOfTheFiles() throws IOException {
        assertThat(Canonicalizer.FORM_VERSION).isEqualTo(1);
        assertThat(files().count()).isGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("files")
    void bytesAreThoseOfTheFile(Path file) throws IOException {
        ByteString input = hex(file, "input");
        ByteString canonical = hex(file, "canonical");
        assertThat(HexFormat.of().formatHex(Canonicalizer.object(input).encode().toByteArray()))
                .isEqualTo(HexFormat.of().formatHex(canonical.toByteArray()));
        assertThat(Canonicalizer.object(canonical).encode()).isEqualTo(canonical);
        assertThat(ObjectSections.decode(canonical)).isEqualTo(Canonicalizer.object(input));
    }

    @ParameterizedTest
    @MethodSource("files")
    void bytesMeanTheJsonOfTheFile(Path file) throws IOException {
        Object.Builder meant = Object.newBuilder();
        JsonFormat.parser().merge(section(file, "json"), meant);
        assertThat(Object.parseFrom(hex(file, "canonical"))).isEqualTo(meant.build());
    }

    private static ByteString hex(Path file, String name) {
        return ByteString.copyFrom(HexFormat.of().parseHex(section(file, name).replaceAll("\\s", "")));
    }

    /** Returns the lines between the heading of that name and the next. */
    private static String section(Path file, String name) {
        try {
            List<String> lines = Files.readAllLines(file);
            int from = lines.indexOf("== " + name) + 1;
            int to = from;
            while (to < lines.size() && !lines.get(to).startsWith("==")) {
                to++;
            }
            assertThat(from).as("%s has a section %s", file, name).isPositive();
            return String.join("\n", lines.subList(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
