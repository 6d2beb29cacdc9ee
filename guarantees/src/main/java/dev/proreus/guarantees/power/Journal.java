package dev.proreus.guarantees.power;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the notes that the library took; {@code power.c} says what they mean. */
final class Journal {
    private final Entries entries;
    private final Map<Long, NotedFile> files;
    private OptionalLong failed = OptionalLong.empty();

    /** Takes what was there before the notes, all of it durable, and brings it to where they end. */
    Journal(Standing before) {
        this.entries = new Entries(before.entries());
        this.files = new HashMap<>();
        before.lengths().forEach((inode, length) -> files.put(inode, new NotedFile(length)));
    }

    Entries entries() {
        return entries;
    }

    /** Returns what is known of a file; null where it was never heard of. */
    @Nullable
    NotedFile file(long inode) {
        return files.get(inode);
    }

    /** Returns when a sync was made to fail for the first time. */
    OptionalLong failed() {
        return failed;
    }

    /** Reads all notes; a last line that a kill has cut counts for nothing. */
    void read(Path notes) throws IOException {
        if (!Files.exists(notes)) {
            return;
        }
        String text = Files.readString(notes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n') + 1;
        String[] lines = end == 0 ? new String[0] : text.substring(0, end - 1).split("\n", -1);
        long last = 0;
        for (String line : lines) {
            last = Math.max(last, Long.parseLong(line.substring(0, line.indexOf('\t'))));
        }
        long position = 0;
        for (String line : lines) {
            take(position, line.split("\t", -1), last);
            position += line.getBytes(StandardCharsets.UTF_8).length + 1;
        }
    }

    /** Takes a note; {@code last} is the moment of the last one, after which nothing became durable. */
    private void take(long position, String[] note, long last) throws IOException {
        switch (note[1]) {
            case "create" -> {
                files.put(number(note, 2), new NotedFile(0));
                entries.change(position, new EntryChange.Made(note[3], number(note, 2)));
            }
            case "link" -> entries.change(position, new EntryChange.Made(note[3], number(note, 2)));
            case "mkdir" -> {
                if (!note[2].equals(".")) {
                    entries.change(position, new EntryChange.Made(note[2], Entries.FOLDER));
                }
            }
            case "unlink" -> entries.change(position, new EntryChange.Removed(note[2]));
            case "rename" -> entries.change(position, new EntryChange.Moved(note[2], note[3]));
            case "entries" -> entries.synced(note[2], number(note, 3));
            case "save" ->
                noted(note)
                        .save(new NotedFile.Saved(position, number(note, 3), (int) number(note, 4), number(note, 5)));
            case "sync" -> {
                if (number(note, 5) <= last) {
                    noted(note).synced(number(note, 3), number(note, 4));
                }
            }
            case "failed" -> {
                noted(note).failed();
                failed = failed.isPresent() ? failed : OptionalLong.of(number(note, 0));
            }
            default ->
                throw new IOException(
                        "what a loss of power would do is not known: the server uses " + String.join(" ", note));
        }
    }

    private NotedFile noted(String[] note) {
        return files.computeIfAbsent(number(note, 2), inode -> new NotedFile(0));
    }

    private static long number(String[] note, int at) {
        return Long.parseLong(note[at]);
    }
}
