package dev.proreus.workspace.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
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

    @Test
    void whatCannotBeUnpackedLeavesNothingBehindAndSaysWhy() throws IOException {
        Files.delete(jar);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new NativeCode(breakingOff(), file).unpack())
                .withMessage("the disk is full");
        assertThat(file.getParent()).isEmptyDirectory();
    }

    @Test
    void aPlaceThatIsTakenLeavesNothingBehind() throws IOException {
        Files.createDirectories(file.resolve("something"));
        assertThatExceptionOfType(IOException.class).isThrownBy(this::isUnpackedAnew);
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.half");
    }

    /** Returns where code comes from that breaks off after its first bytes. */
    private static URL breakingOff() throws IOException {
        return new URL(null, "broken:code", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public InputStream getInputStream() {
                        return new BrokenStream();
                    }
                };
            }
        });
    }

    /** Gives bytes once, and fails then. */
    private static final class BrokenStream extends InputStream {
        private boolean given;

        @Override
        public int read() throws IOException {
            throw new IOException("the disk is full");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (given) {
                return read();
            }
            given = true;
            return length;
        }
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
