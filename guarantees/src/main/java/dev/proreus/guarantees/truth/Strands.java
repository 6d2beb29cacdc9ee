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
                Strand strand = strand(watch, interest.within(workspace), standing(interest, workspace));
                for (Message message : watch.messages()) {
                    strand.add(message, of(workspace, message));
                    Message.Mark mark = message.bookmark();
                    if (mark != null && !mark.token().isEmpty()) {
                        bookmarks
                                .computeIfAbsent(mark.token(), any -> new HashMap<>())
                                .put(workspace, strand.standing());
                    }
                }
                apart.addAll(strand.finish());
            }
        }
        outside(watch);
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

    private static List<Event> of(String workspace, Message message) {
        return message.events().stream()
                .filter(event -> event.state().key().workspace().equals(workspace))
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
