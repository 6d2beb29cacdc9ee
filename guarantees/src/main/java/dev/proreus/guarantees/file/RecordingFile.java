package dev.proreus.guarantees.file;

import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.file.stored.Entry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes recordings to files and reads them again. */
public final class RecordingFile {
    private static final byte[] MAGIC = "PROREC1\n".getBytes(StandardCharsets.US_ASCII);

    private RecordingFile() {}

    /**
     * Writes a recording; a file that is there is replaced.
     *
     * @throws IOException where the file cannot be written
     */
    public static void write(Recording recording, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(MAGIC);
            new EntryWriter(out).write(recording);
        }
    }

    /**
     * Reads a recording.
     *
     * @throws IOException where the file cannot be read, or holds something else
     */
    public static Recording read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException(file + " is no recording: it does not begin with PROREC1");
            }
            EntryReader reader = new EntryReader();
            for (Entry entry = Entry.parseDelimitedFrom(in); entry != null; entry = Entry.parseDelimitedFrom(in)) {
                reader.take(entry);
            }
            return reader.recording();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is a damaged recording: " + e.getMessage(), e);
        }
    }
}
