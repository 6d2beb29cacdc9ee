package dev.proreus.cli.testing;

import dev.proreus.cli.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loop whose time is moved on by the test; what is handed over is done at once. */
public final class HandLoop implements Loop {
    private final List<Due> dues = new ArrayList<>();
    private Duration now = Duration.ofHours(1);

    @Override
    public void hand(Runnable work) {
        work.run();
    }

    @Override
    public Pending after(Duration delay, Runnable work) {
        Due due = new Due(now.plus(delay), work);
        dues.add(due);
        return () -> dues.remove(due);
    }

    @Override
    public Duration now() {
        return now;
    }

    /** Moves on and does what falls due on the way. */
    public void advance(Duration time) {
        Duration end = now.plus(time);
        for (Due next = next(end); next != null; next = next(end)) {
            dues.remove(next);
            now = next.at();
            next.work().run();
        }
        now = end;
    }

    /** Returns how many things are yet to be done. */
    public int pending() {
        return dues.size();
    }

    private @Nullable Due next(Duration end) {
        return dues.stream()
                .filter(due -> due.at().compareTo(end) <= 0)
                .min(Comparator.comparing(Due::at))
                .orElse(null);
    }

    private record Due(Duration at, Runnable work) {}
}
