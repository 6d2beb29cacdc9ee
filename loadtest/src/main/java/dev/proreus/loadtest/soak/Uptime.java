package dev.proreus.loadtest.soak;

/** When the server is down on purpose: then calls may break off, and at no other time. For all threads. */
final class Uptime {
    private static final int DOWN = -1;

    private boolean down;
    private int times;

    Uptime() {}

    synchronized void goesDown() {
        down = true;
        times++;
    }

    synchronized void isUp() {
        down = false;
    }

    /** Returns a mark of now, for {@link #brokeSince}. */
    synchronized int mark() {
        return down ? DOWN : times;
    }

    /** Returns whether the server was down at the mark or has been since. */
    synchronized boolean brokeSince(int mark) {
        return mark != mark() || down;
    }
}
