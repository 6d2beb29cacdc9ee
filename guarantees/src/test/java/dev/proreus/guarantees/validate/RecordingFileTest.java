package dev.proreus.guarantees.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.file.RecordingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that was written and read again is the same one. */
class RecordingFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Recording recording = new World(7).recording();
        Path file = folder.resolve("recording");

        RecordingFile.write(recording, file);
        Recording read = RecordingFile.read(file);

        assertThat(read.operations()).isEqualTo(recording.operations());
        assertThat(read.watches()).hasSameSizeAs(recording.watches());
        for (int i = 0; i < read.watches().size(); i++) {
            RecordedWatch is = read.watches().get(i);
            RecordedWatch was = recording.watches().get(i);
            assertThat(is.interest()).isEqualTo(was.interest());
            assertThat(is.opened()).isEqualTo(was.opened());
            assertThat(is.messages()).containsExactlyElementsOf(was.messages());
        }
        assertThat(Verdict.of(read).holds()).isTrue();
    }

    @Test
    void somethingElseAndADamagedOneAreTold() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "I am no recording");
        assertThatThrownBy(() -> RecordingFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PROREC1");

        Path recording = folder.resolve("recording");
        RecordingFile.write(new World(7).recording(), recording);
        byte[] bytes = Files.readAllBytes(recording);
        Files.write(recording, Arrays.copyOf(bytes, bytes.length - 3));
        assertThatThrownBy(() -> RecordingFile.read(recording)).isInstanceOf(IOException.class);
    }
}
