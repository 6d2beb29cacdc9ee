package dev.proreus.loadtest.fanout;

import dev.proreus.loadtest.process.ServerMemory;
import dev.proreus.loadtest.report.Figures;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param whole what all readers were told, those that stopped included
 * @param beforeP99Millis delivery lag of the readers that never stop, while all read
 * @param stoppedP99Millis the same while the others do not
 * @param memoryBefore memory of the server while all read; null where it is not known
 * @param memoryStopped the same at the end of the stop
 */
record LaggardsResult(
        LaggardsPlan plan,
        FanoutResult whole,
        double beforeP99Millis,
        double stoppedP99Millis,
        @Nullable ServerMemory memoryBefore,
        @Nullable ServerMemory memoryStopped) {
    /** How many times its value before the lag may be. */
    private static final double SLOWER = 2;

    /** A lag above this says that client, server or machine do not keep up with the rate: what grows is a queue. */
    private static final double KEEPING_UP_MILLIS = 1_000;

    /** The ring of events, by default. */
    private static final long RING_BYTES = 64L << 20;

    private static final long STOPPED_STREAM_BYTES = 128L << 10;
    private static final double MIB = 1 << 20;

    boolean holds() {
        return whole.checks().hold() && keptUp() && ratio() <= SLOWER && grownBytes() <= allowedBytes();
    }

    Figures figures() {
        Figures figures = new Figures()
                .put("readers", plan.readers())
                .put("stoppedReaders", plan.readers() / 2)
                .put("ratePerSecond", plan.perSecond())
                .put("stoppedSeconds", plan.stopped())
                .put("events", whole.events())
                .put("missing", whole.checks().missing())
                .put("outOfOrder", whole.checks().outOfOrder())
                .put("lagP99MillisBefore", beforeP99Millis, 3)
                .put("lagP99MillisStopped", stoppedP99Millis, 3)
                .put("lagRatio", ratio(), 3);
        if (memoryBefore != null && memoryStopped != null) {
            figures.put("heapMibBefore", memoryBefore.heapBytes() / MIB, 1)
                    .put("heapMibStopped", memoryStopped.heapBytes() / MIB, 1)
                    .put("directMibBefore", memoryBefore.directBytes() / MIB, 1)
                    .put("directMibStopped", memoryStopped.directBytes() / MIB, 1)
                    .put("grownMib", grownBytes() / MIB, 1)
                    .put("allowedMib", allowedBytes() / MIB, 1);
        }
        figures.put("ok", holds());
        if (whole.checks().failure() != null) {
            figures.put("failure", whole.checks().failure());
        } else if (!keptUp()) {
            figures.put("failure", "the rate was not kept up with even while all read: say a lower --rate");
        }
        return figures;
    }

    private boolean keptUp() {
        return beforeP99Millis <= KEEPING_UP_MILLIS;
    }

    private double ratio() {
        return beforeP99Millis == 0 ? Double.POSITIVE_INFINITY : stoppedP99Millis / beforeP99Millis;
    }

    /** Returns how much the memory grew; 0 where it is not known, since the server is on another machine. */
    private long grownBytes() {
        return memoryBefore == null || memoryStopped == null ? 0 : memoryStopped.bytes() - memoryBefore.bytes();
    }

    private long allowedBytes() {
        return RING_BYTES + plan.readers() / 2 * STOPPED_STREAM_BYTES;
    }
}
