package dev.proreus.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    @Test
    void itCountsWhatTheProcessUses() throws IOException {
        assumeThat(ProcessCpu.isKnown()).isTrue();
        long pid = ProcessHandle.current().pid();
        long before = ProcessCpu.micros(pid);
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began < 100_000_000) {
            Thread.onSpinWait();
        }
        assertThat(ProcessCpu.micros(pid) - before).isGreaterThanOrEqualTo(80_000);
    }
}
