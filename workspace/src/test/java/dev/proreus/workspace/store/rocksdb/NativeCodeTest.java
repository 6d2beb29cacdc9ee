package dev.proreus.workspace.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native code is unpacked once, and again where what stands there is not what the jar has. */
class NativeCodeTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000);
    private static final String NAME = "lib.so";

    private final byte[] code = new byte[100_000];
    private Path file = Path.of("");
    private Path jar = Path.of("");

    @BeforeEach
    void pack(@TempDir Path folder) throws IOException {
        new Random(1).nextBytes(code);
        file = folder.resolve(NAME);
        jar = folder.resolve("code.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(NAME));
            out.write(code);
        }
    }

    @Test
    void itIsUnpackedOnce() throws IOException {
        assertThat(isUnpackedAnew()).isTrue();
        assertThat(isUnpackedAnew()).isFalse();
    }

    @Test
    void whatAnEarlierVersionOrACrashLeftIsReplaced() throws IOException {
        isUnpackedAnew();
        Files.write(file, new byte[code.length]);
        assertThat(isUnpackedAnew()).isTrue();
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(isUnpackedAnew()).isTrue();
        assertThat(isUnpackedAnew()).isFalse();
    }

    private boolean isUnpackedAnew() throws IOException {
        if (Files.exists(file)) {
            Files.setLastModifiedTime(file, LONG_AGO);
        }
        new NativeCode(new URL("jar:" + jar.toUri() + "!/" + NAME), file).unpack();
        assertThat(Files.readAllBytes(file)).isEqualTo(code);
        return !Files.getLastModifiedTime(file).equals(LONG_AGO);
    }
}
