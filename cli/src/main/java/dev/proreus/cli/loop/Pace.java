package dev.proreus.cli.loop;

import java.time.Duration;

/** Does one thing soon after it was asked for, however often that is: at most once in an interval. */
public final class Pace {
    private final Loop loop;
    private final Duration interval;
    private final Runnable work;
    private Duration last;
    private boolean asked;

    public Pace(Loop loop, Duration interval, Runnable work) {
        this.loop = loop;
        this.interval = interval;
        this.work = work;
        this.last = loop.now().minus(interval);
    }

    /** Asks for it to be done. */
    public void ask() {
        if (asked) {
            return;
        }
        asked = true;
        Duration since = loop.now().minus(last);
        Duration wait = interval.minus(since);
        loop.after(wait.isNegative() ? Duration.ZERO : wait, this::go);
    }

    private void go() {
        asked = false;
        last = loop.now();
        work.run();
    }
}
