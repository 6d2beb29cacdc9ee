package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The subscriptions behind one key of the index. Each knows its slot, so that both ends of its life are quick. */
final class WatchSet {
    private @Nullable RunningWatch[] watches = new RunningWatch[1];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(RunningWatch watch) {
        if (size == watches.length) {
            watches = Arrays.copyOf(watches, size * 2);
        }
        watches[size] = watch;
        watch.slot(size);
        size++;
    }

    void remove(RunningWatch watch) {
        size--;
        RunningWatch last = at(size);
        watches[watch.slot()] = last;
        last.slot(watch.slot());
        watches[size] = null;
    }

    void offer(long position, Change change) {
        for (int i = 0; i < size; i++) {
            at(i).offer(position, change);
        }
    }

    void copyTo(Collection<RunningWatch> all) {
        for (int i = 0; i < size; i++) {
            all.add(at(i));
        }
    }

    private RunningWatch at(int slot) {
        RunningWatch watch = watches[slot];
        if (watch == null) {
            throw new IllegalStateException("no subscription stands in slot " + slot);
        }
        return watch;
    }
}
