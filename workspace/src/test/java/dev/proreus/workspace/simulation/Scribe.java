package dev.proreus.workspace.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Facts;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchEvent;
import dev.proreus.workspace.commit.Written;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down what the clients of a simulation did and were told, and when, on a clock of its own that never stands.
 */
final class Scribe {
    /** The field that assigns an object to an agent. */
    static final String AGENT = "spec.agent";

    /** A field that can be selected by now and then. */
    static final String VALUE = "spec.value";

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final Recording recording = new Recording();
    private final Map<ByteString, Object> parsed = new HashMap<>();
    private long now;

    Recording recording() {
        return recording;
    }

    /** Returns a time that is later than all before. */
    long now() {
        return ++now;
    }

    State state(String workspace, String type, ByteString bytes) {
        return state(workspace, type, bytes, parsed.computeIfAbsent(bytes, Scribe::parse));
    }

    private State state(String workspace, String type, ByteString bytes, Object object) {
        ObjectMeta meta = object.getMetadata();
        return recording.state(new State(
                new Key(workspace, type, meta.getName()),
                meta.getUid(),
                meta.getResourceVersion(),
                meta.getGeneration(),
                digest(bytes),
                digest(object.getSpec().toByteString()),
                facts(object)));
    }

    private static Facts facts(Object object) {
        Map<String, String> labels = object.getMetadata().getLabelsMap();
        Map<String, String> fields = new HashMap<>();
        for (String path : List.of(AGENT, VALUE)) {
            Value value = object.getSpec().getFieldsMap().get(path.substring("spec.".length()));
            if (value != null && value.hasStringValue()) {
                fields.put(path, value.getStringValue());
            }
        }
        return labels.isEmpty() && fields.isEmpty() ? Facts.NONE : new Facts(labels, fields);
    }

    private static Object parse(ByteString bytes) {
        try {
            return Object.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the engine gave what is no object", e);
        }
    }

    Event event(String workspace, String type, WatchEvent event) {
        Event.Kind kind = switch (event.getChangeCase()) {
            case ADDED -> Event.Kind.ADDED;
            case MODIFIED -> Event.Kind.MODIFIED;
            case DELETED -> Event.Kind.DELETED;
            case LEFT -> Event.Kind.LEFT;
            default -> throw new IllegalStateException("an event of an unknown kind: " + event);
        };
        Object object = switch (kind) {
            case ADDED -> event.getAdded();
            case MODIFIED -> event.getModified();
            case DELETED -> event.getDeleted();
            case LEFT -> event.getLeft();
        };
        State previous = event.hasPrevious() ? state(workspace, type, event.getPrevious()) : null;
        return new Event(
                kind, state(workspace, type, object), previous, event.getRevision(), event.getSerializedSize());
    }

    private State state(String workspace, String type, Object object) {
        return state(workspace, type, object.toByteString(), object);
    }

    static Answer.What what(Written.Outcome outcome) {
        return switch (outcome) {
            case CREATED -> Answer.What.CREATED;
            case UPDATED -> Answer.What.UPDATED;
            case UNCHANGED -> Answer.What.UNCHANGED;
            case DELETED -> Answer.What.DELETED;
        };
    }

    /** Returns 64 bits of some bytes; never 0, which stands for none. */
    static long digest(ByteString bytes) {
        long hash = OFFSET;
        for (int i = 0; i < bytes.size(); i++) {
            hash = (hash ^ (bytes.byteAt(i) & 0xff)) * PRIME;
        }
        return hash == 0 ? 1 : hash;
    }
}
