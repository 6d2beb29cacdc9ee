package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.RecordedWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What each watch over a subtree was told of the ends of workspaces, between which positions. Clients cannot read a
 * position, the simulation can: so it is known exactly of which ends each bookmark speaks.
 */
final class Departures {
    private static final long UNKNOWN = -1;

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();

    /** Begins what a watch is told. */
    Line open(RecordedWatch watch, long topId) {
        Line line =
                new Line(watch, topId, positions.getOrDefault(watch.interest().token(), UNKNOWN));
        lines.add(line);
        return line;
    }

    /**
     * The end of a workspace, as the log has it.
     *
     * @param sequence of the commit that deleted it
     * @param parentId the workspace that it lay in
     * @param uid its identity
     */
    record End(long sequence, long parentId, String uid) {
        /** Returns whether every watch is told of it: what lay in a workspace that went as well may be passed over. */
        private boolean isOwed(LongUnaryOperator endOf) {
            return endOf.applyAsLong(parentId) == Long.MAX_VALUE;
        }
    }

    /** What a watch was told: of an object, of an end, or with an empty uid, of everything up to a position. */
    private record Told(String uid, boolean ends, long position) {}

    /** What one watch was told, in order. */
    final class Line {
        private final RecordedWatch watch;
        private final long topId;
        private final List<Told> told = new ArrayList<>();
        private long start;

        private Line(RecordedWatch watch, long topId, long start) {
            this.watch = watch;
            this.topId = topId;
            this.start = start;
        }

        void told(String uid, boolean ends) {
            told.add(new Told(uid, ends, 0));
        }

        void bookmark(long position, String token) {
            positions.put(token, position);
            if (start == UNKNOWN) {
                start = position;
            }
            told.add(new Told("", false, position));
        }

        private void require(List<End> due, LongUnaryOperator endOf, ToLongFunction<String> endOfObjects, World world) {
            int next = 0;
            for (Told each : told) {
                boolean bookmark = each.uid.isEmpty();
                if (bookmark) {
                    next = passOver(due, next, endOf, end -> end.sequence > each.position);
                    if (next != upTo(due, each.position)) {
                        tell(world, "before " + each.position + " all ends up to it, of " + due, "the first " + next);
                        return;
                    }
                } else if (each.ends) {
                    next = passOver(due, next, endOf, end -> end.uid.equals(each.uid));
                    if (next == due.size() || !due.get(next++).uid.equals(each.uid)) {
                        tell(world, "after " + start + " the ends in their order, of " + due, each.uid);
                        return;
                    }
                } else if (endOfObjects.applyAsLong(each.uid) <= start) {
                    tell(world, "after " + start + " nothing of a workspace that was gone", each.uid);
                }
            }
        }

        /** Returns the place of the next end that it must be told of, or before it of one that is looked for. */
        private static int passOver(List<End> due, int from, LongUnaryOperator endOf, Predicate<End> wanted) {
            int next = from;
            while (next < due.size()
                    && !wanted.test(due.get(next))
                    && !due.get(next).isOwed(endOf)) {
                next++;
            }
            return next;
        }

        private void tell(World world, String expected, String seen) {
            world.violated("Deletions", watch.toString(), expected, seen);
        }
    }

    private static int upTo(List<End> ends, long position) {
        return (int) ends.stream().filter(each -> each.sequence <= position).count();
    }

    /**
     * Holds what watches were told against what happened.
     *
     * @param ends all of them
     * @param isWithin whether one workspace lies in the subtree of another
     * @param endOf at which sequence a workspace ended; the greatest number where it did not
     * @param endOfObjects the same of the workspace of an object
     */
    void require(
            World world,
            List<End> ends,
            BiPredicate<Long, Long> isWithin,
            LongUnaryOperator endOf,
            ToLongFunction<String> endOfObjects) {
        for (Line line : lines) {
            if (line.start != UNKNOWN) {
                List<End> due = ends.stream()
                        .filter(each -> each.sequence > line.start && isWithin.test(each.parentId, line.topId))
                        .sorted(Comparator.comparingLong(End::sequence))
                        .toList();
                line.require(due, endOf, endOfObjects, world);
            }
        }
    }
}
