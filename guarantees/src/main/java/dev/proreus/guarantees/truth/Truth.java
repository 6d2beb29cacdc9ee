package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What really happened in the workspaces of a recording.
 *
 * <p>The final history of a type of a workspace is what its audit reads back when everything is over: a watch of all
 * its objects, every change from the oldest revision on. Of a history that is trimmed while it grows, one audit reads
 * on where the one before ended; where they overlap, the newest has the word. What they cover is taken from them alone.
 * Where no audit reaches, below the oldest revision or where there was none, acknowledged writes stand in: each is a
 * fact, but there may be others.
 */
public final class Truth {
    private static final KeyHistory NOTHING = new KeyHistory();

    /**
     * What an audit covers.
     *
     * @param from changes above this revision are all there
     * @param to the newest revision that it read
     * @param began when it began: whatever was answered or told before is older than what it read
     */
    public record Span(long from, long to, long began) {
        /** Returns whether a change that was told of at a time must be known. */
        public boolean covers(long revision, long toldAt) {
            return revision > from && (revision <= to || toldAt < began);
        }
    }

    private record Place(String workspace, String type) {}

    private final Map<Key, KeyHistory> histories = new HashMap<>();
    private final Map<Place, Span> spans = new HashMap<>();
    private final Map<Place, List<Change>> changes = new HashMap<>();

    private final Map<Place, List<Key>> keys = new HashMap<>();
    private final Lifetimes lifetimes;

    private Truth(Lifetimes lifetimes) {
        this.lifetimes = lifetimes;
    }

    /** Finds out what happened. */
    public static Truth of(Recording recording) {
        Truth truth = new Truth(Lifetimes.of(recording));
        List<RecordedWatch> newestFirst = new ArrayList<>(recording.watches());
        Collections.reverse(newestFirst);
        newestFirst.stream().filter(watch -> watch.interest().audit()).forEach(truth::audit);
        recording.operations().forEach(truth::acknowledged);
        truth.settle();
        return truth;
    }

    /** Returns which workspaces there were, and when they ended. */
    public Lifetimes lifetimes() {
        return lifetimes;
    }

    /** Returns what the audit of a type covers; null where there was none. */
    public @Nullable Span span(String workspace, String type) {
        return spans.get(new Place(workspace, type));
    }

    /** Returns the workspaces in which a type was audited. */
    public Set<String> audited(String type) {
        return spans.keySet().stream()
                .filter(place -> place.type().equals(type))
                .map(Place::workspace)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether a change that was told of at a time must be known. */
    public boolean covers(Key key, long revision, long toldAt) {
        Span span = span(key.workspace(), key.type());
        return span != null && span.covers(revision, toldAt);
    }

    /** Returns whether the state at a revision is known. */
    public boolean knows(Key key, long revision) {
        Span span = span(key.workspace(), key.type());
        return span != null && revision >= span.from() && revision <= span.to();
    }

    /** Returns whether a revision lies above what the audit of a type read, so that nothing can be held against it. */
    public boolean isBeyondAudit(String workspace, String type, long revision) {
        Span span = span(workspace, type);
        return span != null && revision > span.to();
    }

    /** Returns the states of a name. */
    public KeyHistory history(Key key) {
        return histories.getOrDefault(key, NOTHING);
    }

    /** Returns the names that there ever were. */
    public Set<Key> keys() {
        return histories.keySet();
    }

    /** Returns the names of a type that there ever were, in their order. */
    public List<Key> keysOf(String workspace, String type) {
        return keys.getOrDefault(new Place(workspace, type), List.of());
    }

    /** Returns the changes of a type above a revision, in order of revision. */
    public List<Change> changesAfter(String workspace, String type, long revision) {
        List<Change> all = changes.getOrDefault(new Place(workspace, type), List.of());
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return all.subList(low, all.size());
    }

    /** Takes what an audit read below what is covered already, if nothing is missing between the two. */
    private void audit(RecordedWatch watch) {
        Interest interest = watch.interest();
        Place place = new Place(interest.workspace(), interest.type());
        Span later = spans.get(place);
        long before = later == null ? Long.MAX_VALUE : later.from();
        Span read = read(watch);
        if (read == null || (later != null && read.to() < before)) {
            return;
        }
        for (Message message : watch.messages()) {
            for (Event event : message.events()) {
                if (event.revision() <= before) {
                    boolean gone = event.kind() == Event.Kind.DELETED;
                    history(event.state().key(), event.revision(), gone ? null : event.state());
                }
            }
        }
        spans.put(place, later == null ? read : new Span(Math.min(read.from(), before), later.to(), later.began()));
    }

    /** Returns what an audit covers; null where it never began. */
    private static @Nullable Span read(RecordedWatch watch) {
        Interest interest = watch.interest();
        boolean begun = interest.start() == Interest.Start.AFTER;
        long from = interest.after();
        long to = from;
        for (Message message : watch.messages()) {
            for (Event event : message.events()) {
                to = Math.max(to, event.revision());
            }
            Message.Mark mark = message.bookmark();
            if (mark != null) {
                to = Math.max(to, mark.revision());
                from = mark.initialDone() ? mark.revision() : from;
                begun |= mark.initialDone();
            }
        }
        return begun ? new Span(from, to, watch.opened()) : null;
    }

    private void history(Key key, long revision, @Nullable State state) {
        histories.computeIfAbsent(key, any -> new KeyHistory()).add(new KeyHistory.Version(revision, state));
    }

    private void acknowledged(Operation operation) {
        if (!operation.writes() || !(operation.answer() instanceof Answer.Wrote wrote)) {
            return;
        }
        for (Answer.Effect effect : wrote.effects()) {
            State state = effect.state();
            if (state == null || effect.what() == Answer.What.UNCHANGED || covered(state.key(), wrote.revision())) {
                continue;
            }
            history(state.key(), wrote.revision(), effect.what() == Answer.What.DELETED ? null : state);
        }
    }

    /** What lies above all that an audit read is a fault to be found, and no truth. */
    private boolean covered(Key key, long revision) {
        Span span = span(key.workspace(), key.type());
        return span != null && revision > span.from();
    }

    private void settle() {
        histories.values().forEach(KeyHistory::settle);
        histories.forEach((key, history) -> {
            List<Change> ofType =
                    changes.computeIfAbsent(new Place(key.workspace(), key.type()), any -> new ArrayList<>());
            keys.computeIfAbsent(new Place(key.workspace(), key.type()), any -> new ArrayList<>())
                    .add(key);
            State before = null;
            for (KeyHistory.Version version : history.versions()) {
                ofType.add(new Change(version.revision(), key, before, version.state()));
                before = version.state();
            }
        });
        keys.values().forEach(each -> each.sort(Comparator.comparing(Key::name)));
        Comparator<Change> order = Comparator.comparingLong(Change::revision)
                .thenComparing(change -> change.key().name());
        changes.values().forEach(each -> each.sort(order));
    }
}
