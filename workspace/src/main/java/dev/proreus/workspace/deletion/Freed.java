package dev.proreus.workspace.deletion;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What deletes have freed and the store has not given back yet, part by part. The loop's alone.
 *
 * <p>Parts side by side make a run. Whether it is worth the work is said of a run, since a store gives back by the
 * file, which holds many small parts; but it is given back by the part, so that whatever else the loop has to do never
 * waits for more than one.
 */
final class Freed {
    /** Rows past which the store is asked to give back what they took; below it that comes by itself. */
    static final int WORTHWHILE_ROWS = 10_000;

    /** Of these only the last may not be worth the work. */
    private final Deque<Run> runs = new ArrayDeque<>();

    private int ranges;

    /** Takes note of workspaces whose rows were deleted, of about so many, one by one or as a range. */
    void add(Span span, int rows, boolean asRange) {
        Part part = new Part(span, rows, asRange);
        ranges += part.ranges();
        Run last = runs.peekLast();
        if (last != null && last.isFollowedBy(span)) {
            last.add(part);
            return;
        }
        if (last != null && !last.worthwhile) {
            runs.removeLast();
        }
        Run run = new Run();
        run.add(part);
        runs.add(run);
    }

    /** Returns how many deleted ranges there are, which reads near them have to look at. */
    int ranges() {
        return ranges;
    }

    /** Returns whether there is something that is worth being given back. */
    boolean isWorthwhile() {
        Run first = runs.peekFirst();
        return first != null && first.worthwhile;
    }

    /** Takes the next part of what is worthwhile, which there must be. */
    Span take() {
        Run run = runs.getFirst();
        Part part = run.parts.remove();
        if (run.parts.isEmpty()) {
            runs.removeFirst();
        }
        ranges -= part.ranges();
        return part.span;
    }

    private record Part(Span span, int rows, boolean asRange) {
        int ranges() {
            return asRange ? 1 : 0;
        }

        /** Returns whether another one is as well given back together with this one. */
        boolean takes(Part other) {
            return !asRange && !other.asRange && rows + other.rows <= WORTHWHILE_ROWS;
        }

        Part with(Part other) {
            return new Part(span.with(other.span), rows + other.rows, false);
        }
    }

    /** Parts side by side; never empty once it has been added. */
    private static final class Run {
        private final Deque<Part> parts = new ArrayDeque<>();
        private long rows;
        private boolean worthwhile;

        boolean isFollowedBy(Span span) {
            return parts.getLast().span.isFollowedBy(span);
        }

        void add(Part part) {
            Part last = parts.peekLast();
            if (last != null && last.takes(part)) {
                parts.removeLast();
                parts.add(last.with(part));
            } else {
                parts.add(part);
            }
            rows += part.rows;
            worthwhile |= part.asRange || rows >= WORTHWHILE_ROWS;
        }
    }
}
