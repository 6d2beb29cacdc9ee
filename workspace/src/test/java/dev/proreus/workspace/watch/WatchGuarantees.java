package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a sink was given against the model: Ordered, Unique, Atomic, Reliable, Resumable, Bookmarkable, as the
 * design names them.
 *
 * <p>Mode LATEST has {@link Convergence} instead of Atomic and Reliable. A recording is a row of lines: each begins
 * after a revision or with a snapshot, and goes on live. Where claims moved, each line must be right under one of the
 * filters that held.
 */
final class WatchGuarantees {
    private final ModelStore model;
    private final WatchSpec spec;
    private final List<WatchFilter> filters;

    WatchGuarantees(ModelStore model, WatchSpec spec, List<WatchFilter> filters) {
        this.model = model;
        this.spec = spec;
        this.filters = filters;
    }

    /** Checks a recording that may have stopped anywhere. */
    void check(List<Call> calls) {
        lines(calls).forEach(line -> checkUnderSome(filters, line, null));
    }

    /** Checks a recording that nothing may be missing from, up to a revision, under the last filter. */
    void checkComplete(List<Call> calls, long head) {
        List<Line> lines = lines(calls);
        assertThat(lines).isNotEmpty();
        lines.subList(0, lines.size() - 1).forEach(line -> checkUnderSome(filters, line, null));
        WatchFilter last = filters.get(filters.size() - 1);
        checkUnderSome(List.of(last), lines.get(lines.size() - 1), head);
    }

    private List<Line> lines(List<Call> calls) {
        List<Line> lines = new ArrayList<>();
        Line line = new Line();
        if (spec.start() instanceof WatchStart.After after) {
            line.snapshotDone = true;
            line.after = after.position();
            lines.add(line);
        } else if (spec.start() instanceof WatchStart.Now) {
            line.snapshotDone = true;
        } else if (!spec.framed()) {
            lines.add(line);
        }
        for (Call call : calls) {
            if (lines.isEmpty() && call instanceof Call.Bookmark now && line.snapshotDone) {
                line.after = now.revision();
                lines.add(line);
            } else if (call instanceof Call.SnapshotBegin begin) {
                assertThat(spec.framed())
                        .as("only a framed watch is told that a snapshot begins")
                        .isTrue();
                line = new Line();
                line.begunAt = begin.revision();
                lines.add(line);
            } else if (call instanceof Call.Bookmark bookmark && bookmark.initialDone()) {
                assertThat(line.snapshotDone).as("a snapshot ends once").isFalse();
                line.snapshotDone = true;
                line.hadSnapshot = true;
                line.after = bookmark.revision();
            } else if (call instanceof Call.Events events && !line.snapshotDone) {
                checkSizes(events, true);
                line.states.addAll(events.list());
            } else if (!(call instanceof Call.Ended)) {
                line.live.add(call);
            }
        }
        return lines;
    }

    private void checkUnderSome(List<WatchFilter> candidates, Line line, @Nullable Long head) {
        AssertionError first = null;
        for (WatchFilter filter : candidates) {
            try {
                check(filter, line, head);
                return;
            } catch (AssertionError e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new AssertionError("no filter to check with") : first;
    }

    private void check(WatchFilter filter, Line line, @Nullable Long head) {
        if (!line.snapshotDone) {
            assertThat(head)
                    .as("the snapshot of a complete recording has ended")
                    .isNull();
            assertThat(line.live).isEmpty();
            if (line.begunAt != null) {
                List<WatchEvent> whole = model.snapshot(spec, filter, line.begunAt);
                List<WatchEvent> begun = whole.subList(0, Math.min(whole.size(), line.states.size()));
                requireSame("the unfinished snapshot at " + line.begunAt, line.states, begun);
            }
            return;
        }
        if (line.hadSnapshot) {
            requireSame("the snapshot at " + line.after, line.states, model.snapshot(spec, filter, line.after));
            assertThat(line.begunAt == null || line.begunAt == line.after).isTrue();
        }
        if (spec.mode() == WatchMode.LATEST) {
            line.live.stream()
                    .filter(Call.Events.class::isInstance)
                    .forEach(call -> checkSizes((Call.Events) call, true));
            new Convergence(model, spec, filter, line.after).check(line.live, head);
        } else {
            checkLive(filter, line, head);
        }
    }

    private void checkLive(WatchFilter filter, Line line, @Nullable Long head) {
        long through = head == null ? lastSeen(line) : head;
        List<WatchEvent> due = model.events(spec, filter, line.after, through);
        List<WatchEvent> given = new ArrayList<>();
        long last = line.after;
        long bookmark = line.after;
        for (Call call : line.live) {
            if (call instanceof Call.Events events) {
                checkSizes(events, false);
                long first = position(events, 0);
                require(first > last, "Atomic and Ordered: a message begins above the one before", first, last);
                require(first > bookmark, "Bookmarkable: nothing at or below a bookmark comes later", first, bookmark);
                for (int i = 0; i < events.list().size(); i++) {
                    require(position(events, i) >= last, "Ordered", position(events, i), last);
                    last = position(events, i);
                }
                given.addAll(events.list());
            } else if (call instanceof Call.Bookmark mark) {
                require(mark.revision() >= bookmark, "Bookmarkable: never back", mark.revision(), bookmark);
                bookmark = mark.revision();
                require(bookmark >= last, "Bookmarkable: not below what was given", bookmark, last);
                int covered = model.events(spec, filter, line.after, bookmark).size();
                require(given.size() >= covered, "Bookmarkable: not before what it covers", given.size(), covered);
            }
        }
        requireSame("Reliable, Unique and Resumable: events in (" + line.after + ", " + through + "]", given, due);
    }

    private long position(Call.Events events, int index) {
        return model.positionOf(
                spec.scope(), events.workspace(index), events.list().get(index).getRevision());
    }

    /** Returns the position up to which what was given claims to be everything. */
    private long lastSeen(Line line) {
        long seen = line.after;
        for (Call call : line.live) {
            if (call instanceof Call.Bookmark bookmark) {
                seen = Math.max(seen, bookmark.revision());
            } else if (call instanceof Call.Events events) {
                seen = Math.max(seen, position(events, events.list().size() - 1));
            }
        }
        return seen;
    }

    /** Compares without printing everything: most comparisons that fail are with a filter that did not hold. */
    private static void requireSame(String rule, List<WatchEvent> given, List<WatchEvent> due) {
        if (given.equals(due)) {
            return;
        }
        int same = 0;
        while (same < given.size() && same < due.size() && given.get(same).equals(due.get(same))) {
            same++;
        }
        throw new AssertionError(rule + ": " + given.size() + " given, " + due.size() + " due, different from number "
                + same + " on: given " + name(given, same) + ", due " + name(due, same));
    }

    private static String name(List<WatchEvent> events, int index) {
        if (index >= events.size()) {
            return "nothing";
        }
        WatchEvent event = events.get(index);
        return event.getChangeCase() + " at " + event.getRevision();
    }

    private static void require(boolean holds, String rule, long is, long was) {
        if (!holds) {
            throw new AssertionError(rule + ": " + is + " after " + was);
        }
    }

    /** A message is closed at the first border of a revision past the size of a batch, and has a size at most. */
    private void checkSizes(Call.Events message, boolean alone) {
        long bytes = 0;
        Set<Long> revisions = new TreeSet<>();
        for (int i = 0; i < message.sizes().size(); i++) {
            long revision = alone ? i : position(message, i);
            if (revisions.add(revision)) {
                require(bytes <= Limits.WATCH_BATCH_BYTES, "a message is closed once past a batch", revision, bytes);
            }
            bytes += message.sizes().get(i);
        }
        assertThat(bytes).isLessThanOrEqualTo(Limits.WATCH_MESSAGE_BYTES);
    }

    /** What was given from one start to the next. */
    private static final class Line {
        private final List<WatchEvent> states = new ArrayList<>();
        private final List<Call> live = new ArrayList<>();
        private @Nullable Long begunAt;
        private boolean hadSnapshot;
        private boolean snapshotDone;
        private long after;
    }
}
