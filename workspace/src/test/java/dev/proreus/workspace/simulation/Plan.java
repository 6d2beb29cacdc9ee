package dev.proreus.workspace.simulation;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.cache.CacheSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a seed means: how the process is made, and what happens. Each seed has things that happen often and others that
 * never do, since what is rare on average would never come together.
 *
 * @param seed the seed
 * @param retention how much history the store keeps
 * @param ringBytes bytes of events in memory
 * @param readers threads that read
 * @param readersRoom reads that may wait for them
 * @param loops event loops
 * @param workspaces workspaces that may be made
 * @param names names of objects
 * @param tape what happens
 */
record Plan(
        long seed,
        Retention retention,
        long ringBytes,
        int readers,
        int readersRoom,
        int loops,
        int workspaces,
        int names,
        List<Step> tape) {
    private static final long[] RINGS = {1, 3_000, 1 << 20};
    private static final long[] HISTORIES = {600, 4_000, 1 << 30};
    private static final int[] AGES = {2, 20, 3_600};

    /** None that is too small: which objects it let go would be partly up to chance, and a seed not the same again. */
    private static final long[] OBJECT_CACHES = {0, 1 << 20};

    private static final long[] BODY_CACHES = {0, 2_000, 1 << 20};
    private static final int WORKSPACES = 8;
    private static final int BUSY_WATCHES = 12;
    private static final int BUSY_WRITES = 600;
    private static final int[] FACTORS = {0, 1, 1, 1, 4};

    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Retention retention = new Retention(
                Duration.ofSeconds(AGES[random.nextInt(AGES.length)]), HISTORIES[random.nextInt(HISTORIES.length)]);
        long ring = RINGS[random.nextInt(RINGS.length)];
        int readers = 2 + random.nextInt(2);
        int room = 1 << random.nextInt(1, 7);
        int loops = 1 + random.nextInt(2);
        int workspaces = random.nextInt(WORKSPACES);
        int names = 2 + random.nextInt(6);
        return new Plan(seed, retention, ring, readers, room, loops, workspaces, names, tape(random));
    }

    private static List<Step> tape(SplittableRandom random) {
        Map<Step.Kind, Integer> weights = new EnumMap<>(Step.Kind.class);
        int sum = 0;
        for (Step.Kind kind : Step.Kind.values()) {
            int factor = switch (kind) {
                case TURN -> 1 + random.nextInt(3);
                case WRITE -> random.nextInt(4) == 0 ? 8 : 2;
                case WATCH -> 2;
                default -> FACTORS[random.nextInt(FACTORS.length)];
            };
            weights.put(kind, kind.weight() * factor);
            sum += kind.weight() * factor;
        }
        int length = 60 + random.nextInt(240);
        List<Step> tape = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            tape.add(new Step(kind(weights, random.nextInt(sum)), random.nextLong()));
        }
        return tape;
    }

    /** Returns a plan of some ten thousand events: much is written, and all who watch take everything. */
    static Plan busy(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> tape = new ArrayList<>();
        for (int i = 0; i < BUSY_WATCHES; i++) {
            tape.add(new Step(Step.Kind.WATCH, random.nextLong()));
        }
        for (int i = 0; i < BUSY_WRITES; i++) {
            tape.add(new Step(Step.Kind.WRITE, random.nextLong()));
            tape.add(new Step(Step.Kind.TURN, random.nextLong()));
            tape.add(new Step(Step.Kind.TURN, random.nextLong()));
            if (i % BUSY_WATCHES == 0) {
                tape.add(new Step(Step.Kind.TAKE, random.nextLong()));
            }
        }
        return new Plan(seed, Limits.RETENTION, RINGS[RINGS.length - 1], 2, 64, 2, 1, 4, tape);
    }

    private static Step.Kind kind(Map<Step.Kind, Integer> weights, int at) {
        int left = at;
        for (Map.Entry<Step.Kind, Integer> each : weights.entrySet()) {
            left -= each.getValue();
            if (left < 0) {
                return each.getKey();
            }
        }
        throw new IllegalStateException("the weights have no sum");
    }

    /** Returns what is held in memory: each size of the one cache meets each of the other. */
    CacheSizes caches() {
        int object = (int) Math.floorMod(seed / BODY_CACHES.length, (long) OBJECT_CACHES.length);
        return new CacheSizes(OBJECT_CACHES[object], BODY_CACHES[Math.floorMod(seed, BODY_CACHES.length)]);
    }

    /** Returns the same with another tape. */
    Plan with(List<Step> other) {
        return new Plan(seed, retention, ringBytes, readers, readersRoom, loops, workspaces, names, List.copyOf(other));
    }
}
