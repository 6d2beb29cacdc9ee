package dev.proreus.loadtest.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void whereNoFolderCanBeMadeItSaysWhyAndWhatToDo() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataFolder.in(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is no directory")
                .hasMessageContaining("--data DIR");
        assertThatThrownBy(() -> DataFolder.in(file.resolve("below")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no folder can be made in " + file.resolve("below") + ": Not a directory")
                .hasMessageContaining("--data DIR");
    }
}
