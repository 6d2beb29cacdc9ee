package dev.proreus.workspace.watch;

import dev.proreus.workspace.WorkspaceGone;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * The ring under a model checker: whatever one writer and its readers do at once, each reader is answered as if one had
 * come after the other. What is not published is never seen, what was evicted is gone, and no slot gives another
 * position's entry.
 */
@Param(name = "position", gen = IntGen.class, conf = "0:5")
public class RingLincheckTest {
    private static final int ENTRIES = 2;

    private final EventRing ring = new EventRing((long) ENTRIES * RingEntry.OVERHEAD_BYTES);
    private long appended;

    @Operation(nonParallelGroup = "writer")
    public void append() {
        ring.append(new WorkspaceGone(appended++, 1, List.of()), null, 0);
    }

    @Operation(nonParallelGroup = "writer")
    public void publish() {
        ring.publish();
    }

    @Operation
    public long head() {
        return ring.head();
    }

    @Operation
    public String at(@Param(name = "position") int position) {
        if (position >= ring.head()) {
            return "not yet";
        }
        RingEntry entry = ring.at(position);
        return entry == null ? "gone" : "entry " + ((WorkspaceGone) entry.publication()).sequence();
    }

    @Test
    void readersSeeWhatWasPublishedAndNothingElse() {
        boolean all = Boolean.getBoolean("proreus.long");
        new ModelCheckingOptions()
                .iterations(all ? 100 : 8)
                .invocationsPerIteration(all ? 10_000 : 150)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(3)
                .actorsAfter(1)
                .check(RingLincheckTest.class);
    }
}
