package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Facts;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.Operation.Part;
import dev.proreus.guarantees.Operation.Verb;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random history in which every guarantee holds, made by the simplest server that there can be: one after another.
 */
final class World {
    static final List<String> WORKSPACES = List.of("root:acme", "root:globex");

    /** Two that lie at the same path, the second when the first is gone. */
    static final List<String> PASSING = List.of("root:acme:lab", "root:acme:lab#2");

    static final String TYPE = "robots";
    private static final int NAMES = 6;
    private static final int STEPS = 120;
    private static final int STEP_TICKS = 4;
    private static final int DELETED_STEP = 50;
    private static final int GONE_STEP = 60;
    private static final int AGAIN_STEP = 70;

    /** What one commit did to one object. */
    record Changed(
            long revision,
            long time,
            Key key,
            @Nullable State before,
            @Nullable State after) {}

    /** One workspace. */
    static final class Place {
        final String path;
        final Map<String, State> states = new TreeMap<>();
        final List<Changed> changes = new ArrayList<>();
        final Map<Long, Long> times = new HashMap<>();
        long revision;

        Place(String path) {
            this.path = path;
        }
    }

    final SplittableRandom random;
    final List<Operation> operations = new ArrayList<>();
    final List<Tape> tapes = new ArrayList<>();
    final List<Lifetime> lifetimes = new ArrayList<>();
    final List<Place> places = WORKSPACES.stream().map(Place::new).toList();
    final List<Place> passing = PASSING.stream().map(Place::new).toList();
    final List<List<Changed>> commits = new ArrayList<>();
    final SubtreeMaker subtrees = new SubtreeMaker(this);
    private long now = 1_000;
    private long unique = 1;

    World(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < STEPS; i++) {
            now += STEP_TICKS;
            if (i == DELETED_STEP) {
                deletion(Answer.Stage.TERMINATING);
            } else if (i == GONE_STEP) {
                end();
            } else {
                step(place(i));
            }
        }
        refusal();
        lifetimes.add(new Lifetime("root", "uid-root", 0));
        WORKSPACES.forEach(each -> lifetimes.add(new Lifetime(each, "uid-" + each, 0)));
        lifetimes.add(new Lifetime(PASSING.get(1), "uid-again", 0));
        now += 100;
        for (Place place : places) {
            for (int i = 0; i < 8; i++) {
                tapes.add(new WatchMaker(this, place).make());
            }
        }
        for (Place place : places) {
            tapes.add(new WatchMaker(this, place).startedNow());
        }
        for (int i = 0; i < 6; i++) {
            tapes.add(subtrees.make());
        }
        for (int i = 0; i < 6; i++) {
            tapes.add(subtrees.resume());
        }
        now += 10_000;
        for (Place place : Stream.concat(places.stream(), passing.stream()).toList()) {
            tapes.add(new WatchMaker(this, place)
                    .make(Interest.inEvery(place.path, TYPE).startedAfter(0).asAudit()));
        }
    }

    Recording recording() {
        Recording recording = new Recording();
        operations.forEach(recording::add);
        tapes.forEach(tape -> tape.addTo(recording));
        lifetimes.forEach(recording::add);
        return recording;
    }

    long now() {
        return now;
    }

    /** Returns a state of an object, with a content of its own. */
    State state(Key key, String uid, long revision, long generation) {
        long digest = unique++;
        Facts facts = new Facts(Map.of("colour", random.nextBoolean() ? "red" : "blue"), Map.of());
        return new State(key, uid, revision, generation, digest, digest << 20, facts);
    }

    private Place place(int step) {
        int one = random.nextInt(places.size() + 1);
        if (one == places.size() && step < DELETED_STEP) {
            return passing.get(0);
        }
        return one == places.size() && step > AGAIN_STEP ? passing.get(1) : places.get(one % places.size());
    }

    private void deletion(Answer.Stage stage) {
        done(new Part(Verb.DELETE_WORKSPACE, new Key(PASSING.get(0), "", ""), "", 0, 0), new Answer.Stands(stage));
    }

    /** Deletes the first of those that pass, which is a commit of the workspace that it lies in. */
    private void end() {
        Place parent = places.get(0);
        Key key = new Key(parent.path, Key.WORKSPACES, "lab");
        State last = new State(key, "uid-lab", 1, 1, 1, 1, Facts.NONE);
        parent.revision++;
        parent.times.put(parent.revision, now);
        commits.add(List.of(new Changed(parent.revision, now, key, last, null)));
        deletion(Answer.Stage.GONE);
        lifetimes.add(new Lifetime(PASSING.get(0), last.uid(), parent.revision));
    }

    private void refusal() {
        done(
                new Part(Verb.GET, new Key(PASSING.get(0), TYPE, "r1"), "", 0, 0),
                new Answer.Refused("WORKSPACE_DELETED"));
    }

    private void step(Place place) {
        int dice = random.nextInt(20);
        Key key = new Key(place.path, TYPE, "r" + random.nextInt(NAMES));
        State is = place.states.get(key.name());
        if (dice < 2) {
            batch(place);
        } else if (dice < 3) {
            unknown(place, key, is);
        } else if (dice < 6) {
            read(place, key, is);
        } else if (dice < 7) {
            list(place);
        } else if (dice < 10 && is != null) {
            delete(place, key, is);
        } else if (is == null) {
            create(place, key);
        } else if (dice < 12) {
            refuse(key, is);
        } else if (dice < 13) {
            done(
                    new Part(Verb.APPLY, key, "", 0, is.specDigest()),
                    new Answer.Wrote(is.resourceVersion(), List.of(new Answer.Effect(Answer.What.UNCHANGED, is))));
        } else {
            update(place, key, is);
        }
    }

    private void create(Place place, Key key) {
        State made = state(key, "uid" + unique, place.revision + 1, 1);
        commit(place, List.of(new Changed(place.revision + 1, now, key, null, made)));
        done(new Part(Verb.CREATE, key, "", 0, made.specDigest()), wrote(made, Answer.What.CREATED, place.revision));
    }

    private void update(Place place, Key key, State is) {
        State made = state(key, is.uid(), place.revision + 1, is.generation() + 1);
        commit(place, List.of(new Changed(place.revision + 1, now, key, is, made)));
        long version = random.nextBoolean() ? is.resourceVersion() : 0;
        done(
                new Part(Verb.UPDATE, key, "", version, made.specDigest()),
                wrote(made, Answer.What.UPDATED, place.revision));
    }

    private void delete(Place place, Key key, State is) {
        commit(place, List.of(new Changed(place.revision + 1, now, key, is, null)));
        done(new Part(Verb.DELETE, key, is.uid(), 0, 0), wrote(is, Answer.What.DELETED, place.revision));
    }

    private void batch(Place place) {
        List<Changed> changes = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        List<Answer.Effect> effects = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Key key = new Key(place.path, TYPE, "r" + (2 * i + random.nextInt(2)));
            State is = place.states.get(key.name());
            State made = is == null
                    ? state(key, "uid" + unique, place.revision + 1, 1)
                    : state(key, is.uid(), place.revision + 1, is.generation() + 1);
            changes.add(new Changed(place.revision + 1, now, key, is, made));
            parts.add(new Part(Verb.APPLY, key, "", 0, made.specDigest()));
            effects.add(new Answer.Effect(is == null ? Answer.What.CREATED : Answer.What.UPDATED, null));
        }
        commit(place, changes);
        operations.add(operation(parts, new Answer.Wrote(place.revision, effects)));
    }

    private void unknown(Place place, Key key, @Nullable State is) {
        State made = is == null
                ? state(key, "uid" + unique, place.revision + 1, 1)
                : state(key, is.uid(), place.revision + 1, is.generation() + 1);
        if (random.nextBoolean()) {
            commit(place, List.of(new Changed(place.revision + 1, now, key, is, made)));
        }
        done(new Part(Verb.APPLY, key, "", 0, made.specDigest()), new Answer.Unknown());
    }

    private void read(Place place, Key key, @Nullable State is) {
        boolean past = place.revision > 0 && random.nextInt(3) == 0;
        long at = past ? 1 + random.nextLong(place.revision) : place.revision;
        State was = past
                ? WatchMaker.states(place.changes.stream()
                                .filter(change -> change.revision() <= at)
                                .toList())
                        .get(key)
                : is;
        Answer answer = was == null ? new Answer.Refused("OBJECT_NOT_FOUND") : new Answer.Read(at, was);
        done(new Part(Verb.GET, key, "", past ? at : 0, 0), answer);
    }

    private void list(Place place) {
        List<State> all = List.copyOf(place.states.values());
        Part part = new Part(Verb.LIST, new Key(place.path, TYPE, ""), "", 0, 0);
        int half = Math.max(1, all.size() / 2);
        if (all.size() < 2) {
            done(part, new Answer.Page(place.revision, all, "", "", 0, 100, false));
        } else {
            String token = "token" + unique++;
            done(part, new Answer.Page(place.revision, all.subList(0, half), "", token, half, 100, false));
            List<State> rest = all.subList(half, all.size());
            done(part, new Answer.Page(place.revision, rest, token, "", all.size(), 100, false));
        }
    }

    private void refuse(Key key, State is) {
        switch (random.nextInt(3)) {
            case 0 -> done(new Part(Verb.CREATE, key, "", 0, unique++), new Answer.Refused("ALREADY_EXISTS"));
            case 1 ->
                done(
                        new Part(Verb.UPDATE, key, "", is.resourceVersion() + 1_000, unique++),
                        new Answer.Refused("RESOURCE_VERSION_CONFLICT"));
            default -> done(new Part(Verb.DELETE, key, "other", 0, 0), new Answer.Refused("UID_MISMATCH"));
        }
    }

    private void commit(Place place, List<Changed> changes) {
        commits.add(changes);
        place.revision++;
        place.times.put(place.revision, now);
        for (Changed change : changes) {
            place.changes.add(change);
            if (change.after() == null) {
                place.states.remove(change.key().name());
            } else {
                place.states.put(change.key().name(), change.after());
            }
        }
    }

    private static Answer wrote(State state, Answer.What what, long revision) {
        return new Answer.Wrote(revision, List.of(new Answer.Effect(what, state)));
    }

    private void done(Part part, Answer answer) {
        operations.add(operation(List.of(part), answer));
    }

    /** Requests and answers overlap: each was sent up to two steps before it happened, and answered up to two later. */
    private Operation operation(List<Part> parts, Answer answer) {
        long called = now - random.nextInt(2 * STEP_TICKS);
        return new Operation(0, called, now + 1 + random.nextInt(2 * STEP_TICKS), false, parts, answer);
    }

    static Message.@Nullable Mark mark(long revision, boolean done, boolean any) {
        return any ? new Message.Mark(revision, done) : null;
    }
}
