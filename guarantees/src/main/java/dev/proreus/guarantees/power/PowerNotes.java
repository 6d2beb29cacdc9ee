package dev.proreus.guarantees.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The notes of what a server makes durable in its data folder, and the loss of power that they decide.
 *
 * <p>Before each start everything in the folder counts as durable, as it is after a start. When the process is gone,
 * the folder is made anew of what certainly was durable and, by chance, some of the rest: {@link Entries} says which
 * names there are, and {@link Damage} which bytes.
 */
public final class PowerNotes {
    /** One loss in so many takes everything that may be lost, which is what a missing sync shows best in. */
    private static final int WORST_OF = 3;

    private final PowerLibrary library;
    private final Path folder;
    private final Path data;
    private Standing before;

    /**
     * Makes notes that are not begun.
     *
     * @param folder where the notes are, on the same file system as the data; made where it is missing
     * @param data the server's data folder, in a folder that is there
     */
    public PowerNotes(PowerLibrary library, Path folder, Path data) throws IOException {
        this.library = library;
        this.folder = Files.createDirectories(folder).toRealPath();
        Path named = data.toAbsolutePath().normalize();
        Path parent = Objects.requireNonNull(named.getParent(), "the root of a file system is no data folder");
        this.data = parent.toRealPath().resolve(named.getFileName());
        this.before = Standing.in(this.data);
    }

    /** Returns what the server's process needs in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.file().toString(),
                "PROREUS_POWER_DATA", data.toString(),
                "PROREUS_POWER_NOTES", folder.toString());
    }

    /** Begins anew, before a start: what stands in the data folder is durable, and syncs are honest. */
    public void begin() throws IOException {
        for (String each : List.of("notes", "saved", "fault")) {
            Files.deleteIfExists(folder.resolve(each));
        }
        delete(kept());
        Files.createDirectory(kept());
        before = Standing.in(data);
    }

    /** Spoils syncs from now on. */
    public void plant(SyncFault fault) throws IOException {
        Path half = folder.resolve("fault.half");
        Files.writeString(half, fault.line() + "\n");
        Files.move(half, folder.resolve("fault"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Damages the data folder as a loss of power may, or as badly as it may; the process is gone. */
    public Loss lose(SplittableRandom random) throws IOException {
        return lose(random, random.nextInt(WORST_OF) == 0);
    }

    /**
     * As above.
     *
     * @param worst whether everything that may be lost is
     */
    public Loss lose(SplittableRandom random, boolean worst) throws IOException {
        Journal journal = journal();
        if (!Files.isDirectory(data)) {
            return Loss.NONE;
        }
        Path was = moveAside();
        Standing found = Standing.in(was);
        Map<Long, Path> places = Standing.in(kept()).places();
        places.putAll(found.places());
        Damage damage = new Damage(folder.resolve("saved"), random, worst);
        Set<Long> done = new HashSet<>();
        int files = 0;
        long bytes = 0;
        Map<String, Long> survivors = journal.entries().survivors(random, worst);
        for (Map.Entry<String, Long> entry : survivors.entrySet()) {
            Path path = data.resolve(entry.getKey());
            long inode = entry.getValue();
            if (inode == Entries.FOLDER) {
                Files.createDirectory(path);
                continue;
            }
            put(places, inode, path);
            NotedFile noted = journal.file(inode);
            long lost = noted == null || !done.add(inode) ? 0 : damage.doTo(path, noted);
            files += lost == 0 ? 0 : 1;
            bytes += lost;
        }
        delete(was);
        return new Loss(1, files, bytes, differing(found.entries(), survivors));
    }

    /** Returns when a sync was first made to fail since the start, by the clock of {@link System#nanoTime}. */
    public OptionalLong firstFailure() throws IOException {
        return journal().failed();
    }

    private Journal journal() throws IOException {
        Journal journal = new Journal(before);
        journal.read(folder.resolve("notes"));
        return journal;
    }

    /** Moves all that stands in the data folder into another one, and leaves the folder itself as it is. */
    private Path moveAside() throws IOException {
        Path was = folder.resolve("was");
        delete(was);
        Files.createDirectory(was);
        try (Stream<Path> all = Files.list(data)) {
            for (Path each : all.toList()) {
                Files.move(each, was.resolve(each.getFileName()));
            }
        }
        return was;
    }

    /** Lets a file stand under a name, or under another one as well. */
    private void put(Map<Long, Path> places, long inode, Path path) throws IOException {
        Path place = places.put(inode, path);
        if (place == null) {
            throw new NoSuchFileException(path.toString(), null, "its inode " + inode + " was not kept");
        }
        if (place.startsWith(data)) {
            Files.createLink(path, place);
        } else {
            Files.move(place, path);
        }
    }

    private static int differing(Map<String, Long> found, Map<String, Long> survivors) {
        Set<String> names = new HashSet<>(found.keySet());
        names.addAll(survivors.keySet());
        names.removeIf(name -> Objects.equals(found.get(name), survivors.get(name)));
        return names.size();
    }

    private Path kept() {
        return folder.resolve("kept");
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
