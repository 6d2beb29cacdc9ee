package dev.proreus.cli.object;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.manifest.Manifest;
import dev.proreus.cli.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files that a command names: a file, all manifests of a directory, or the standard input. */
final class ManifestFiles {
    private static final int FILE_BYTES_MAX = 64 << 20;
    private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

    private final InputStream standardInput;

    ManifestFiles(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** Reads all of them before anything is done with one, in the order named; a directory's by name. */
    List<Manifest> read(List<String> named) {
        List<Manifest> manifests = new ArrayList<>();
        for (String each : named) {
            if (each.equals("-")) {
                manifests.addAll(ManifestReader.read("standard input", standardInput()));
            } else {
                files(Path.of(each))
                        .forEach(file -> manifests.addAll(ManifestReader.read(file.toString(), text(file))));
            }
        }
        if (manifests.isEmpty()) {
            throw FailedException.because(ExitCode.FAILED, "no object stands in " + String.join(", ", named));
        }
        return manifests;
    }

    private static List<Path> files(Path named) {
        if (!Files.isDirectory(named)) {
            return List.of(named);
        }
        try (Stream<Path> found = Files.list(named)) {
            List<Path> files = found.filter(ManifestFiles::isManifest).sorted().toList();
            if (files.isEmpty()) {
                throw FailedException.because(
                        ExitCode.USAGE, named + " holds no file that ends in " + String.join(", ", SUFFIXES));
            }
            return files;
        } catch (IOException e) {
            throw unreadable(named.toString(), e);
        }
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return text(file.toString(), in);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private String standardInput() {
        try {
            return text("standard input", standardInput);
        } catch (IOException e) {
            throw unreadable("standard input", e);
        }
    }

    private static String text(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
        if (bytes.length > FILE_BYTES_MAX) {
            throw FailedException.because(ExitCode.FAILED, name + " is larger than " + (FILE_BYTES_MAX >> 20) + " MiB");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw FailedException.because(ExitCode.FAILED, name + " is not UTF-8 text");
        }
    }

    private static FailedException unreadable(String name, IOException e) {
        String why = e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage());
        return FailedException.because(ExitCode.USAGE, "cannot read " + name + ": " + why);
    }
}
