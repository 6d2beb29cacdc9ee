package dev.proreus.workspace.watch;

import org.openjdk.jmh.infra.Blackhole;

/** A sink that is always ready and looks at what it gets. */
final class BlackholeSink implements WatchSink {
    private final Blackhole blackhole;

    BlackholeSink(Blackhole blackhole) {
        this.blackhole = blackhole;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void events(WatchMessage message) {
        blackhole.consume(message);
    }

    @Override
    public void snapshotBegin(long revision) {
        throw new IllegalStateException("a snapshot begins, where nothing but live events was due");
    }

    @Override
    public void bookmark(long revision, boolean initialDone) {
        blackhole.consume(revision);
    }

    @Override
    public void ended(RuntimeException why) {
        throw why;
    }
}
