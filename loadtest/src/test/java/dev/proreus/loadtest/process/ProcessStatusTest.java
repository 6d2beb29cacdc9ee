package dev.proreus.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStatusTest {
    @Test
    void filesOfTheFolderAreLeftOut(@TempDir Path folder, @TempDir Path other) throws IOException {
        assumeThat(ProcessCpu.isKnown()).isTrue();
        long pid = ProcessHandle.current().pid();
        try (OutputStream open = Files.newOutputStream(folder.resolve("open"))) {
            open.write(1);
            ProcessStatus with = ProcessStatus.of(pid, other);
            ProcessStatus without = ProcessStatus.of(pid, folder);

            assertThat(without.descriptors()).isLessThan(with.descriptors());
            assertThat(with.threads()).isPositive();
            assertThat(with.residentBytes()).isGreaterThan(1 << 20);
        }
    }

    @Test
    void aMetricIsSummedOverItsLabels() throws IOException {
        AdminPort.Metrics metrics = new AdminPort.Metrics("""
                # HELP proreus_a_bytes Bytes.
                proreus_a_bytes{proreus_table="head"} 1.5
                proreus_a_bytes{proreus_table="ver"} 2.0E3
                proreus_a_bytes_more 7
                """);

        assertThat(metrics.get("proreus_a_bytes")).isEqualTo(2_001.5);
        assertThat(metrics.find("proreus_b")).isEmpty();
    }
}
