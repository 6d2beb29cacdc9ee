package dev.proreus.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void filesAreCountedWhileOthersComeAndGo() throws Exception {
        Files.write(folder.resolve("000001.log"), new byte[7]);
        Files.write(Files.createDirectory(folder.resolve("below")).resolve("000002.log"), new byte[5]);
        AtomicBoolean over = new AtomicBoolean();
        FutureTask<Long> churn = new FutureTask<>(() -> {
            long rounds = 0;
            for (; !over.get(); rounds++) {
                for (int i = 0; i < 20; i++) {
                    Files.write(folder.resolve(i + ".sst"), new byte[1]);
                }
                for (int i = 0; i < 20; i++) {
                    Files.delete(folder.resolve(i + ".sst"));
                }
            }
            return rounds;
        });
        new Thread(churn, "churn").start();
        try {
            for (int i = 0; i < 2_000; i++) {
                assertThat(DataFolder.bytes(folder, ".log")).isEqualTo(12);
            }
        } finally {
            over.set(true);
        }
        assertThat(churn.get()).isPositive();
    }
}
