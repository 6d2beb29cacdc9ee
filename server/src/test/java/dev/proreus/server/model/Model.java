package dev.proreus.server.model;

import dev.proreus.v1.Object;
import dev.proreus.v1.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one workspace holds and held, by the simplest rules: what a request is answered is known before it is sent. */
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

        boolean refused() {
            return !reason.isEmpty();
        }

        boolean changes() {
            return !refused() && outcome != WriteOutcome.WRITE_OUTCOME_UNCHANGED;
        }
    }

    final String workspace;
    final Map<String, Thing> things = new TreeMap<>();
    final Map<Long, Map<String, Thing>> past = new HashMap<>();
    long revision;

    /** The oldest revision that can still be read, as far as anybody was told. */
    long floor;

    Model(String workspace) {
        this.workspace = workspace;
        past.put(0L, Map.of());
    }

    /** Returns what a wish is answered. */
    Answer judge(Wish wish) {
        Thing is = things.get(wish.name());
        return switch (wish.verb()) {
            case CREATE -> is == null ? create(wish.n()) : Answer.refused("ALREADY_EXISTS");
            case APPLY -> is == null ? create(wish.n()) : change(is, wish.n(), is.status());
            case UPDATE -> is == null ? absent() : update(is, wish);
            case STATUS -> is == null ? absent() : change(is, is.spec(), wish.n());
            case DELETE -> is == null ? absent() : new Answer("", WriteOutcome.WRITE_OUTCOME_DELETED, is);
        };
    }

    /** Returns what a wish is answered that is to change nothing: the same, at the version of before. */
    Answer judgeDry(Wish wish) {
        Answer answer = judge(wish);
        Thing thing = answer.thing();
        if (thing == null) {
            return answer;
        }
        Thing is = things.get(wish.name());
        long version = is == null ? 0 : is.version();
        return new Answer(
                answer.reason(),
                answer.outcome(),
                new Thing(thing.uid(), version, thing.generation(), thing.spec(), thing.status()));
    }

    private static Answer absent() {
        return Answer.refused("OBJECT_NOT_FOUND");
    }

    private Answer update(Thing is, Wish wish) {
        return is.version() == wish.version()
                ? change(is, wish.n(), is.status())
                : Answer.refused("RESOURCE_VERSION_CONFLICT");
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

    /** Takes in what wishes were answered that happened together. */
    void done(List<Wish> wishes, List<Answer> answers, List<Object> objects) {
        if (answers.stream().noneMatch(Answer::changes)) {
            return;
        }
        revision++;
        for (int i = 0; i < wishes.size(); i++) {
            if (answers.get(i).outcome() == WriteOutcome.WRITE_OUTCOME_DELETED) {
                things.remove(wishes.get(i).name());
            } else {
                things.put(wishes.get(i).name(), of(objects.get(i)));
            }
        }
        past.put(revision, Map.copyOf(things));
    }

    /** Takes over what there is, where others wrote. */
    void takeOver(List<Object> objects, long newest) {
        things.clear();
        objects.forEach(each -> things.put(each.getMetadata().getName(), of(each)));
        revision = newest;
        past.put(revision, Map.copyOf(things));
    }

    /** Returns what there was at a revision, by name; null where that is not known. */
    @Nullable
    List<Thing> at(long at) {
        Map<String, Thing> then = past.get(at);
        return then == null ? null : new ArrayList<>(new TreeMap<>(then).values());
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
