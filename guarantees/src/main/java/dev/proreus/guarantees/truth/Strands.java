package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes watches over subtrees apart, into a strand for each workspace, which can be judged as a watch of that workspace
 * alone. A bookmark of a subtree has no revision, but a token that nobody can read: where in a workspace it stands
 * follows from what the watch had told of it by then, and is put in its place.
 *
 * <p>What a subtree promises beyond its workspaces, such as an order between them, is nothing. Strands are made of
 * workspaces that were audited; events of others become one that nobody asked for, where they lie outside the subtree.
 *
 * <p>Of a workspace that is gone a subtree is told that, and may have missed what came before. So its strand breaks off
 * where it surely was there for the last time; what was told of it at all becomes another one, which is loose.
 */
public final class Strands {
    private final Truth truth;
    private final Map<String, Map<String, Standing>> bookmarks = new HashMap<>();
    private final List<RecordedWatch> apart = new ArrayList<>();

    private Strands(Truth truth) {
        this.truth = truth;
    }

    /** Returns a recording with its watches over subtrees taken apart. */
    public static Recording of(Recording recording, Truth truth) {
        if (recording.watches().stream().noneMatch(watch -> watch.interest().subtree())) {
            return recording;
        }
        Strands strands = new Strands(truth);
        for (RecordedWatch watch : recording.watches()) {
            if (watch.interest().subtree()) {
                strands.takeApart(watch);
            } else {
                strands.apart.add(watch);
            }
        }
        return recording.with(strands.apart);
    }

    private void takeApart(RecordedWatch watch) {
        Interest interest = watch.interest();
        for (String workspace : truth.audited(interest.type())) {
            if (interest.covers(workspace)) {
                follow(watch, workspace);
            }
        }
        outside(watch);
    }

    private void follow(RecordedWatch watch, String workspace) {
        Interest interest = watch.interest();
        long until = truth.lifetimes().thereUntil(workspace);
        Strand strand = strand(watch, interest.within(workspace), standing(interest, workspace));
        for (Message message : watch.messages()) {
            if (message.arrived() > until) {
                loose(watch, workspace);
                break;
            }
            strand.add(message, of(workspace, interest.type(), message));
            Message.Mark mark = message.bookmark();
            if (mark != null && !mark.token().isEmpty()) {
                bookmarks.computeIfAbsent(mark.token(), any -> new HashMap<>()).put(workspace, strand.standing());
            }
        }
        apart.addAll(strand.finish());
    }

    /** Takes all that a watch was told of a workspace, of which something may be missing. */
    private void loose(RecordedWatch watch, String workspace) {
        Interest interest = watch.interest().within(workspace);
        List<Message> states = new ArrayList<>();
        List<Message> live = new ArrayList<>();
        boolean begun = interest.start() != Interest.Start.INITIAL;
        for (Message message : watch.messages()) {
            List<Event> mine = of(workspace, interest.type(), message);
            if (!mine.isEmpty()) {
                (begun ? live : states).add(Strand.part(message, mine));
            }
            Message.Mark mark = message.bookmark();
            begun |= mark != null && mark.initialDone();
        }
        if (!states.isEmpty()) {
            apart.add(watch.loosePart(interest.startedWithState(), states));
        }
        if (!live.isEmpty()) {
            apart.add(watch.loosePart(interest.startedAfter(0), live));
        }
    }

    private Strand strand(RecordedWatch watch, Interest interest, Standing standing) {
        return interest.latest()
                ? new LatestStrand(watch, interest, standing, truth)
                : new EveryStrand(watch, interest, standing, truth);
    }

    private Standing standing(Interest interest, String workspace) {
        return switch (interest.start()) {
            case INITIAL -> Standing.NOTHING;
            case NOW -> Standing.UNKNOWN;
            case AFTER -> {
                Map<String, Standing> told = bookmarks.get(interest.token());
                yield told == null ? Standing.UNKNOWN : told.getOrDefault(workspace, Standing.UNKNOWN);
            }
        };
    }

    /** Returns the events of a workspace, without those that tell that others in it have ended. */
    private static List<Event> of(String workspace, String type, Message message) {
        return message.events().stream()
                .filter(event -> event.state().key().workspace().equals(workspace)
                        && event.state().key().type().equals(type))
                .toList();
    }

    /** What lies outside of what was asked for stays a watch of the workspace that was, for Isolated to find. */
    private void outside(RecordedWatch watch) {
        List<Message> foreign = new ArrayList<>();
        for (Message message : watch.messages()) {
            List<Event> events = message.events().stream()
                    .filter(event ->
                            !watch.interest().covers(event.state().key().workspace()))
                    .toList();
            if (!events.isEmpty()) {
                foreign.add(new Message(message.arrived(), message.bytes(), events, null));
            }
        }
        if (!foreign.isEmpty()) {
            apart.add(watch.part(
                    watch.interest().within(watch.interest().workspace()).startedNow(), foreign));
        }
    }
}
