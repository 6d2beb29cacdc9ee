package dev.proreus.workspace.simulation;

import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;

/** A sink that gives everything to another one. */
abstract class Forwarding implements WatchSink {
    private final WatchSink to;

    Forwarding(WatchSink to) {
        this.to = to;
    }

    void forward(WatchMessage message) {
        to.events(message);
    }

    @Override
    public boolean isReady() {
        return to.isReady();
    }

    @Override
    public void events(WatchMessage message) {
        to.events(message);
    }

    @Override
    public void snapshotBegin(long position) {
        to.snapshotBegin(position);
    }

    @Override
    public void bookmark(long position, boolean initialDone) {
        to.bookmark(position, initialDone);
    }

    @Override
    public void ended(RuntimeException why) {
        to.ended(why);
    }
}
