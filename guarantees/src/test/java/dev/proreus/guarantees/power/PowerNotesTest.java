package dev.proreus.guarantees.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a loss of power leaves of what a shell has done: all that was synced, and of the rest what POSIX allows. */
class PowerNotesTest {
    private static final int LOSSES = 16;

    @SuppressWarnings("NullAway.Init")
    private static PowerLibrary library;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private PowerNotes notes;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeAll
    static void compile(@TempDir Path once) throws IOException {
        try {
            library = PowerLibrary.compile(once);
        } catch (NoPowerLibraryException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @BeforeEach
    void begin() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        notes = new PowerNotes(library, folder.resolve("notes"), data);
        notes.begin();
    }

    @Test
    void whatWasSyncedStaysAndTheRestIsGoneAtWorst() throws Exception {
        shell("printf synced > a; sync a; sync .; printf ' and more' >> a; printf never > b; mkdir c; printf c > c/d");
        Loss lost = notes.lose(new SplittableRandom(1), true);
        assertThat(names()).containsExactly("a");
        assertThat(text("a")).isEqualTo("synced");
        assertThat(lost).isEqualTo(new Loss(1, 1, 9, 3));
    }

    @Test
    void aNameIsDurableWithItsFolderAndBytesWithTheirFile() throws Exception {
        shell(
                "printf text > a; sync a; mkdir b; sync .; printf text > b/c; sync b/c; sync b; printf text > b/d; sync b/d");
        var unused = notes.lose(new SplittableRandom(1), true);
        assertThat(names()).containsExactly("a", "b", "b/c");
        assertThat(text("b/c")).isEqualTo("text");
    }

    @Test
    void whatWasTakenAwayOrReplacedComesBack() throws Exception {
        Files.writeString(data.resolve("removed"), "removed");
        Files.writeString(data.resolve("replaced"), "old");
        Files.writeString(data.resolve("changed"), "0123456789");
        Files.writeString(data.resolve("emptied"), "full");
        notes.begin();
        shell("""
                rm removed; printf new > half; sync half; mv half replaced; printf xx > emptied
                printf abc | dd of=changed bs=1 seek=4 conv=notrunc 2>/dev/null
                """);
        var unused = notes.lose(new SplittableRandom(1), true);
        assertThat(names()).containsExactly("changed", "emptied", "removed", "replaced");
        assertThat(text("removed")).isEqualTo("removed");
        assertThat(text("replaced")).isEqualTo("old");
        assertThat(text("changed")).isEqualTo("0123456789");
        assertThat(text("emptied")).isEqualTo("full");
    }

    @Test
    void aMoveIsWhole() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (int seed = 0; seed < LOSSES; seed++) {
            beginAgain();
            shell("printf old > a; sync a; sync .; printf new > b; sync b; mv b a");
            var unused = notes.lose(new SplittableRandom(seed), false);
            seen.add(names() + " " + text("a"));
        }
        assertThat(seen).isSubsetOf("[a] old", "[a, b] old", "[a] new").contains("[a] old", "[a] new");
    }

    @Test
    void bytesBeyondTheLastSyncMeetEveryFate() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        Damage damage = new Damage(folder.resolve("none"), random, false);
        Path file = data.resolve("file");
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            Files.write(file, "y".repeat(10_000).getBytes(StandardCharsets.UTF_8));
            var unused = damage.doTo(file, new NotedFile(5_000));
            byte[] left = Files.readAllBytes(file);
            assertThat(left).startsWith("y".repeat(5_000).getBytes(StandardCharsets.UTF_8));
            boolean whole = new String(left, StandardCharsets.ISO_8859_1).matches("y*");
            boolean zeros = new String(left, StandardCharsets.ISO_8859_1).matches("[y\0]*");
            seen.add((left.length == 5_000 ? "none" : left.length < 10_000 ? "some" : "all")
                    + (whole ? "" : zeros ? ", zeros" : ", rubbish"));
        }
        assertThat(seen).containsExactly("all", "all, rubbish", "all, zeros", "none", "some");
    }

    @Test
    void syncsThatDoNotKeepTheirWordKeepNothing() throws Exception {
        shell("printf 1 > a; sync a; sync .");
        notes.plant(SyncFault.off("a", 1));
        shell("printf 2 >> a; sync a");
        var unused = notes.lose(new SplittableRandom(1), true);
        assertThat(text("a")).isEqualTo("1");

        beginAgain();
        notes.plant(SyncFault.late("a", 3_600_000));
        shell("printf 1 > a; sync a; sync .");
        unused = notes.lose(new SplittableRandom(1), true);
        assertThat(text("a")).isEmpty();
    }

    @Test
    void whatASyncCouldNotWriteNeverBecomesDurable() throws Exception {
        notes.plant(SyncFault.failing("a", 2));
        // One process, since the library counts in it.
        shell("printf 1 > a; sync .; sync a a 2>/dev/null; printf 2 >> a; sync a");
        assertThat(notes.firstFailure()).isPresent();
        var unused = notes.lose(new SplittableRandom(1), true);
        assertThat(text("a")).isEqualTo("1");
    }

    @Test
    void aLastLineThatWasCutCountsForNothing() throws Exception {
        shell("printf 1 > a; sync a; sync .");
        Path lines = folder.resolve("notes/notes");
        Files.writeString(lines, Files.readString(lines) + "123\tunlink\ta");
        var unused = notes.lose(new SplittableRandom(1), true);
        assertThat(text("a")).isEqualTo("1");
    }

    /** Begins again, with an empty folder. */
    private void beginAgain() throws IOException {
        for (String name : names()) {
            Files.delete(data.resolve(name));
        }
        notes.begin();
    }

    private void shell(String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(data.toFile());
        builder.environment().putAll(notes.environment());
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private String text(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(data.resolve(name));
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> String.valueOf((char) (bytes[i] & 0xFF)))
                .collect(Collectors.joining());
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(path -> !path.equals(data))
                    .map(path -> data.relativize(path).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
