package dev.proreus.server.model;

import dev.proreus.v1.Object;
import dev.proreus.v1.WriteOutcome;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one workspace holds, by the simplest rules: what a request is answered is known before it is sent. */
final class Model {
    /**
     * An object.
     *
     * @param uid its uid, as the server drew it
     * @param version its resource version
     * @param generation its generation
     * @param spec the number in its spec
     * @param status the number in its status; 0 where it has none
     */
    record Thing(String uid, long version, long generation, int spec, int status) {}

    /**
     * What a request will be answered.
     *
     * @param reason why it is refused; empty where it is not
     * @param outcome what it does
     * @param thing the object that is answered, without its uid where it is new
     */
    record Answer(
            String reason, WriteOutcome outcome, @Nullable Thing thing) {
        static Answer refused(String reason) {
            return new Answer(reason, WriteOutcome.WRITE_OUTCOME_UNSPECIFIED, null);
        }
    }

    final String workspace;
    final Map<String, Thing> things = new TreeMap<>();
    long revision;

    Model(String workspace) {
        this.workspace = workspace;
    }

    Answer create(String name, int spec) {
        return things.containsKey(name) ? Answer.refused("ALREADY_EXISTS") : create(spec);
    }

    Answer apply(String name, int spec) {
        Thing is = things.get(name);
        return is == null ? create(spec) : change(is, spec, is.status());
    }

    Answer update(String name, long version, int spec) {
        Thing is = things.get(name);
        if (is == null) {
            return Answer.refused("OBJECT_NOT_FOUND");
        }
        return is.version() == version ? change(is, spec, is.status()) : Answer.refused("RESOURCE_VERSION_CONFLICT");
    }

    Answer status(String name, int status) {
        Thing is = things.get(name);
        return is == null ? Answer.refused("OBJECT_NOT_FOUND") : change(is, is.spec(), status);
    }

    Answer delete(String name) {
        Thing is = things.get(name);
        return is == null ? Answer.refused("OBJECT_NOT_FOUND") : new Answer("", WriteOutcome.WRITE_OUTCOME_DELETED, is);
    }

    private Answer create(int spec) {
        return new Answer("", WriteOutcome.WRITE_OUTCOME_CREATED, new Thing("", revision + 1, 1, spec, 0));
    }

    private Answer change(Thing is, int spec, int status) {
        if (is.spec() == spec && is.status() == status) {
            return new Answer("", WriteOutcome.WRITE_OUTCOME_UNCHANGED, is);
        }
        long generation = is.generation() + (is.spec() == spec ? 0 : 1);
        return new Answer(
                "", WriteOutcome.WRITE_OUTCOME_UPDATED, new Thing(is.uid(), revision + 1, generation, spec, status));
    }

    /** Takes in what was answered. */
    void done(String name, Answer answer, Object object) {
        if (answer.outcome() == WriteOutcome.WRITE_OUTCOME_UNCHANGED) {
            return;
        }
        revision++;
        if (answer.outcome() == WriteOutcome.WRITE_OUTCOME_DELETED) {
            things.remove(name);
        } else {
            things.put(name, of(object));
        }
    }

    static Thing of(Object object) {
        return new Thing(
                object.getMetadata().getUid(),
                object.getMetadata().getResourceVersion(),
                object.getMetadata().getGeneration(),
                number(object.getSpec()),
                number(object.getStatus()));
    }

    private static int number(com.google.protobuf.Struct struct) {
        return struct.containsFields("n") ? (int) struct.getFieldsOrThrow("n").getNumberValue() : 0;
    }
}
