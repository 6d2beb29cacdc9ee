package dev.proreus.server.model;

import java.util.SplittableRandom;

/**
 * What a client wants of one object.
 *
 * @param n the number that its spec is to have, or its status
 * @param version the resource version that an update asks for
 */
record Wish(Verb verb, String name, int n, long version) {
    /** How it is asked for. */
    enum Verb {
        CREATE,
        APPLY,
        UPDATE,
        DELETE,
        STATUS
    }

    private static final int NUMBERS = 30;

    /** Returns some wish of an object, whose outcome the model knows. */
    static Wish some(Model model, String name, boolean ofABatch, SplittableRandom random) {
        Verb[] verbs = Verb.values();
        Verb verb = verbs[random.nextInt(ofABatch ? verbs.length - 1 : verbs.length)];
        Model.Thing is = model.things.get(name);
        long version = Math.max(1, (is == null ? 1 : is.version()) - random.nextInt(2));
        int n = random.nextInt(NUMBERS);
        return new Wish(verb, name, verb == Verb.STATUS ? n + 1 : n, version);
    }
}
