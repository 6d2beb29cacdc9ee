package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What real time says of the revisions of one workspace: which had been told of by then, and which came later. */
final class Order {
    private record Point(long time, long revision) {}

    private final List<Point> told = new ArrayList<>();
    private final List<Point> begun = new ArrayList<>();
    private long[] toldTimes = {};
    private long[] newestTold = {};
    private long[] begunTimes = {};
    private long[] oldestBegun = {};

    private Order() {}

    /** Returns the order of each workspace of a recording. */
    static Map<String, Order> of(Recording recording) {
        Map<String, Order> orders = new HashMap<>();
        for (Operation operation : recording.operations()) {
            orders.computeIfAbsent(operation.workspace(), any -> new Order()).add(operation);
        }
        for (RecordedWatch watch : recording.watches()) {
            Order order = orders.computeIfAbsent(watch.interest().workspace(), any -> new Order());
            for (Message message : watch.messages()) {
                order.add(message);
            }
        }
        orders.values().forEach(Order::settle);
        return orders;
    }

    /** Returns the newest revision that anybody had been told of before a time; 0 where there is none. */
    long newestTold(long time) {
        int index = lowerBound(toldTimes, time) - 1;
        return index < 0 ? 0 : newestTold[index];
    }

    /** Returns the newest revision that can have been reached by a time: what was begun later lies above. */
    long newestPossible(long time) {
        int index = lowerBound(begunTimes, time + 1);
        return index == begunTimes.length ? Long.MAX_VALUE : oldestBegun[index] - 1;
    }

    private void add(Operation operation) {
        if (operation.answer() instanceof Answer.Wrote wrote && !operation.dryRun()) {
            told.add(new Point(operation.returned(), wrote.revision()));
            if (wrote.effects().stream().anyMatch(each -> each.what() != Answer.What.UNCHANGED)) {
                begun.add(new Point(operation.called(), wrote.revision()));
            }
        } else if (operation.answer() instanceof Answer.Read read) {
            told.add(new Point(operation.returned(), read.revision()));
        } else if (operation.answer() instanceof Answer.Page page
                && page.token().isEmpty()) {
            told.add(new Point(operation.returned(), page.revision()));
        }
    }

    private void add(Message message) {
        Message.Mark mark = message.bookmark();
        long newest = mark == null ? 0 : mark.revision();
        for (Event event : message.events()) {
            newest = Math.max(newest, event.revision());
        }
        told.add(new Point(message.arrived(), newest));
    }

    private void settle() {
        told.sort(Comparator.comparingLong(Point::time));
        begun.sort(Comparator.comparingLong(Point::time));
        toldTimes = told.stream().mapToLong(Point::time).toArray();
        begunTimes = begun.stream().mapToLong(Point::time).toArray();
        newestTold = told.stream().mapToLong(Point::revision).toArray();
        oldestBegun = begun.stream().mapToLong(Point::revision).toArray();
        for (int i = 1; i < newestTold.length; i++) {
            newestTold[i] = Math.max(newestTold[i], newestTold[i - 1]);
        }
        for (int i = oldestBegun.length - 2; i >= 0; i--) {
            oldestBegun[i] = Math.min(oldestBegun[i], oldestBegun[i + 1]);
        }
        told.clear();
        begun.clear();
    }

    /** Returns the index of the first time that is not below a time. */
    private static int lowerBound(long[] times, long time) {
        int index = Arrays.binarySearch(times, time);
        if (index < 0) {
            return -index - 1;
        }
        while (index > 0 && times[index - 1] == time) {
            index--;
        }
        return index;
    }
}
