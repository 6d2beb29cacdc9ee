package dev.proreus.workspace.watch;

import dev.proreus.workspace.Histogram;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.ReasonCounter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the watch hub counts and measures, over all its subscriptions. Any thread may tell. */
public final class WatchMetrics {
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("proreus.watch.state");
    private static final AttributeKey<Long> LOOP = AttributeKey.longKey("proreus.watch.loop");
    private static final List<Double> REVISIONS = List.of(1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6);

    private final Instrumentation instrumentation;
    private final Map<WatchState, LongAdder> subscriptions = new EnumMap<>(WatchState.class);
    private final CopyOnWriteArrayList<Loop> loops = new CopyOnWriteArrayList<>();
    private final LongAdder messages;
    private final LongAdder events;
    private final LongAdder bytes;
    private final LongAdder bookmarks;
    private final LongAdder passedOver;
    private final LongAdder fellBack;
    private final ReasonCounter ends;
    private final LongAdder faults;
    private final LongAdder cancels;
    private final Histogram distance;
    private final RecentMost farthest;

    /**
     * What is told of one event loop.
     *
     * @param held how many of its subscriptions were held at its last tick
     */
    private record Loop(RingWalk walk, LongSupplier held) {}

    /** Makes the instruments. */
    public WatchMetrics(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        messages =
                instrumentation.counter("proreus.watch.messages", "{message}", "Messages of events given to streams.");
        events = instrumentation.counter("proreus.watch.events", "{event}", "Events given to streams.");
        bytes = instrumentation.counter("proreus.watch.events.size", "By", "Bytes of the events given to streams.");
        bookmarks = instrumentation.counter("proreus.watch.bookmarks", "{bookmark}", "Bookmarks given to streams.");
        passedOver = instrumentation.counter(
                "proreus.watch.passed_over", "{pass}", "Times that the ring dropped what a loop had not seen.");
        fellBack = instrumentation.counter(
                "proreus.watch.fallbacks", "{subscription}", "Live subscriptions that went back to history.");
        ends = instrumentation.counterByReason(
                "proreus.watch.ends", "{subscription}", "Subscriptions that the server ended, by reason.");
        faults = instrumentation.counter(
                "proreus.watch.faults", "{subscription}", "Subscriptions that ended by a fault of the server.");
        cancels = instrumentation.counter(
                "proreus.watch.cancels",
                "{subscription}",
                "Subscriptions that went with their stream: its client ended it, or did not answer and was cut off.");
        distance = instrumentation.histogram(
                "proreus.watch.history.distance",
                "{revision}",
                "How far behind the head a subscription is, at each read of history for it.",
                REVISIONS);
        farthest = new RecentMost(instrumentation::now);
        instrumentation.level(
                "proreus.watch.history.distance.most",
                "{revision}",
                "How far behind the head the oldest subscription was that history was read for in the last minute.",
                farthest::get);
        for (WatchState state : WatchState.values()) {
            subscriptions.put(state, new LongAdder());
        }
        instrumentation.want(meter -> meter.upDownCounterBuilder("proreus.watch.subscriptions")
                .setUnit("{subscription}")
                .setDescription("Subscriptions, by where their events come from.")
                .buildWithCallback(measurement -> subscriptions.forEach(
                        (state, count) -> measurement.record(count.sum(), Attributes.of(STATE, state.label())))));
        lags(instrumentation);
    }

    private void lags(Instrumentation of) {
        of.level(
                "proreus.watch.subscriptions.held",
                "{subscription}",
                "Subscriptions that have something to give to a stream that takes nothing, as of the last tick.",
                () -> loops.stream().mapToLong(loop -> loop.held().getAsLong()).sum());
        of.want(meter -> meter.upDownCounterBuilder("proreus.watch.loop.lag")
                .setUnit("{entry}")
                .setDescription("Entries of the ring that an event loop has yet to dispatch to live watches, by loop.")
                .buildWithCallback(measurement -> loops.forEach(loop -> measurement.record(
                        loop.walk().lagEntries(), Attributes.of(LOOP, (long) loops.indexOf(loop))))));
        of.want(meter -> meter.gaugeBuilder("proreus.watch.loop.delay")
                .setUnit("s")
                .setDescription(
                        "Age of the oldest entry that an event loop has yet to dispatch to live watches, by loop.")
                .buildWithCallback(measurement -> loops.forEach(loop -> measurement.record(
                        loop.walk().lagNanos(of.now()) / 1e9, Attributes.of(LOOP, (long) loops.indexOf(loop))))));
    }

    /** Tells of the ring and of the reads of history, of the one hub that this is for. */
    void observe(EventRing ring, CatchUp catchUp) {
        instrumentation.level(
                "proreus.watch.ring.entries",
                "{entry}",
                "Entries of the ring.",
                () -> ring.extent().entries());
        instrumentation.level(
                "proreus.watch.ring.size",
                "By",
                "Bytes of the ring.",
                () -> ring.extent().bytes());
        instrumentation.level("proreus.watch.ring.limit", "By", "Bytes that the ring may hold.", ring::bytesMax);
        instrumentation.counter(
                "proreus.watch.ring.evictions",
                "{entry}",
                "Entries that left the ring.",
                () -> ring.extent().oldest());
        instrumentation.seconds(
                "proreus.watch.ring.span",
                "Age of the ring's oldest entry: how long a stream may stop before it reads history.",
                () -> ring.nanosSince(ring.extent().oldest(), instrumentation.now()));
        instrumentation.level(
                "proreus.watch.history.reads",
                "{read}",
                "Reads of history that wait or run; those that many subscriptions share count once.",
                catchUp::size);
    }

    /** Tells of one more loop; {@code held} counts the subscriptions of it that are held, on any thread. */
    void observe(RingWalk walk, LongSupplier held) {
        loops.add(new Loop(walk, held));
    }

    /** Returns the present, which entries of the ring carry. */
    long now() {
        return instrumentation.now();
    }

    /** A subscription got into a state. */
    void entered(WatchState state) {
        count(state).increment();
    }

    /** A subscription got out of a state. */
    void left(WatchState state) {
        count(state).decrement();
    }

    private LongAdder count(WatchState state) {
        LongAdder count = subscriptions.get(state);
        if (count == null) {
            throw new AssertionError(state);
        }
        return count;
    }

    /** Messages were given, with so many events and bytes of events in all. */
    void sent(long messagesGiven, long eventsGiven, long bytesGiven) {
        messages.add(messagesGiven);
        events.add(eventsGiven);
        bytes.add(bytesGiven);
    }

    /** A bookmark was given. */
    void bookmarked() {
        bookmarks.increment();
    }

    /** The ring dropped what a loop had not seen. */
    void passedOver() {
        passedOver.increment();
    }

    /** A live subscription went back to history. */
    void fellBack() {
        fellBack.increment();
    }

    /** The server ended a subscription. */
    void ended(Reason reason) {
        ends.count(reason);
    }

    /** A subscription ended by a fault of ours. */
    void failed() {
        faults.increment();
    }

    /** A subscription went with its stream. */
    void cancelled() {
        cancels.increment();
    }

    /** History is read for a subscription that is so many revisions behind. */
    void readsHistory(long revisionsBehind) {
        distance.record(revisionsBehind);
        farthest.add(revisionsBehind);
    }
}
