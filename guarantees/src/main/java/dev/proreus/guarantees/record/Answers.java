package dev.proreus.guarantees.record;

import com.google.protobuf.MessageLite;
import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.v1.ApplyResponse;
import dev.proreus.v1.CreateResponse;
import dev.proreus.v1.DeleteResponse;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.UpdateResponse;
import dev.proreus.v1.UpdateStatusResponse;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import dev.proreus.v1.WriteOutcome;
import dev.proreus.v1.WriteResponse;
import dev.proreus.v1.WriteResult;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads answers and messages of watches. */
final class Answers {
    /** What is no refusal: the request may have been carried out. */
    private static final Set<Status.Code> UNCERTAIN = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.CANCELLED,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.UNKNOWN,
            Status.Code.INTERNAL);

    private final ObjectReader objects;
    private final Recording recording;

    Answers(ObjectReader objects, Recording recording) {
        this.objects = objects;
        this.recording = recording;
    }

    Answer of(Operation asked, MessageLite request, MessageLite answer) {
        Key key = asked.parts().get(0).key();
        if (answer instanceof GetResponse get) {
            return new Answer.Read(get.getRevision(), state(key, get.getObject()));
        } else if (answer instanceof ListResponse list && request instanceof ListRequest wish) {
            return page(key, wish, list);
        } else if (answer instanceof CreateResponse made) {
            return wrote(key, made.getRevision(), made.getOutcome(), made.getObject());
        } else if (answer instanceof UpdateResponse made) {
            return wrote(key, made.getRevision(), made.getOutcome(), made.getObject());
        } else if (answer instanceof UpdateStatusResponse made) {
            return wrote(key, made.getRevision(), made.getOutcome(), made.getObject());
        } else if (answer instanceof ApplyResponse made) {
            return wrote(key, made.getRevision(), made.getOutcome(), made.getObject());
        } else if (answer instanceof DeleteResponse made) {
            return wrote(key, made.getRevision(), made.getOutcome(), made.getObject());
        } else if (answer instanceof WriteResponse batch) {
            List<Answer.Effect> effects = new ArrayList<>();
            for (int i = 0; i < batch.getResultsCount(); i++) {
                WriteResult each = batch.getResults(i);
                State state = state(asked.parts().get(i).key(), each.getObject());
                effects.add(new Answer.Effect(what(each.getOutcome()), state));
            }
            return new Answer.Wrote(batch.getRevision(), effects);
        }
        throw new IllegalArgumentException("an answer of an unknown kind: " + answer.getClass());
    }

    /** Returns what a call that brought no answer says. */
    static Answer without(Status status, Metadata trailers) {
        String reason = Reasons.of(status, trailers);
        return reason.isEmpty() || UNCERTAIN.contains(status.getCode())
                ? new Answer.Unknown()
                : new Answer.Refused(reason);
    }

    Message message(Interest interest, long now, WatchResponse response) {
        List<Event> events = new ArrayList<>(response.getEventsCount());
        Map<Integer, String> workspaces = new HashMap<>();
        response.getRoutesList().forEach(route -> workspaces.put(route.getEvent(), route.getWorkspace()));
        for (int i = 0; i < response.getEventsCount(); i++) {
            String routed = workspaces.getOrDefault(i, "");
            String workspace = routed.isEmpty() ? interest.workspace() : routed;
            boolean ends = interest.subtree() && endsWorkspace(response.getEvents(i));
            Key place = new Key(workspace, ends ? Key.WORKSPACES : interest.type(), "");
            events.add(event(place, response.getEvents(i)));
        }
        Message.Mark mark = response.hasBookmark()
                ? new Message.Mark(
                        response.getBookmark().getRevision(),
                        response.getBookmark().getInitialDone(),
                        response.getBookmark().getResumeToken())
                : null;
        return new Message(now, response.getSerializedSize(), events, mark);
    }

    /** Returns whether an event tells a watch over a subtree that a workspace was deleted, whatever it asked for. */
    private static boolean endsWorkspace(WatchEvent event) {
        Object deleted = event.getDeleted();
        return event.hasDeleted()
                && deleted.getKind().equals("Workspace")
                && deleted.getApiVersion().startsWith("proreus.dev/");
    }

    private Event event(Key place, WatchEvent event) {
        Event.Kind kind = switch (event.getChangeCase()) {
            case ADDED -> Event.Kind.ADDED;
            case MODIFIED -> Event.Kind.MODIFIED;
            case DELETED -> Event.Kind.DELETED;
            case LEFT -> Event.Kind.LEFT;
            default -> throw new IllegalArgumentException("an event of an unknown kind: " + event);
        };
        Object object = switch (kind) {
            case ADDED -> event.getAdded();
            case MODIFIED -> event.getModified();
            case DELETED -> event.getDeleted();
            case LEFT -> event.getLeft();
        };
        State previous = event.hasPrevious() ? state(place, event.getPrevious()) : null;
        return new Event(kind, state(place, object), previous, event.getRevision(), event.getSerializedSize());
    }

    private Answer page(Key key, ListRequest wish, ListResponse list) {
        List<State> states = list.getItemsList().stream()
                .map(each -> state(key, each.getObject()))
                .toList();
        boolean selected =
                !wish.getLabelSelector().isEmpty() || !wish.getFieldSelector().isEmpty();
        return new Answer.Page(
                list.getRevision(),
                states,
                wish.getPageToken(),
                list.getNextPageToken(),
                wish.getPageSize(),
                list.getSerializedSize(),
                selected);
    }

    private Answer wrote(Key key, long revision, WriteOutcome outcome, @Nullable Object object) {
        State state = object == null ? null : state(key, object);
        return new Answer.Wrote(revision, List.of(new Answer.Effect(what(outcome), state)));
    }

    private static Answer.What what(WriteOutcome outcome) {
        return switch (outcome) {
            case WRITE_OUTCOME_CREATED -> Answer.What.CREATED;
            case WRITE_OUTCOME_UPDATED -> Answer.What.UPDATED;
            case WRITE_OUTCOME_DELETED -> Answer.What.DELETED;
            case WRITE_OUTCOME_UNCHANGED -> Answer.What.UNCHANGED;
            default -> throw new IllegalArgumentException("an outcome of an unknown kind: " + outcome);
        };
    }

    private State state(Key place, Object object) {
        return recording.state(objects.state(place.workspace(), place.type(), object));
    }
}
