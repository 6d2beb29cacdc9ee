package dev.proreus.loadtest.deletion;

/**
 * What a run does and what must hold.
 *
 * @param workspaces workspaces of the subtree, its top included
 * @param objects objects in each
 * @param specBytes bytes of each object's spec
 * @param watchers watches in the subtree, each in another workspace as far as there are as many
 * @param clients calls under way together while the subtree is built
 * @param perSecond writes a second of others
 * @param others objects of others
 * @param warmUps rounds before those that count, in which the code of both programs gets warm
 * @param rounds subtrees that are built and deleted
 * @param seconds how long the writes of others are measured before a deletion, and at least meanwhile
 * @param settleSeconds in which the files must have become small enough
 */
record DeletionPlan(
        int workspaces,
        int objects,
        int specBytes,
        int watchers,
        int clients,
        int perSecond,
        int others,
        int warmUps,
        int rounds,
        int seconds,
        int settleSeconds) {
    /** In which all watches must have ended, from the answer on. */
    static final double TOLD_SECONDS = 1;

    /** In which all keys must be deleted, from the answer on. */
    static final double KEYS_SECONDS = 30;

    /** How many times the live data the files may have. */
    static final double FILES_RATIO = 1.3;

    /** How many times its value before the p99 of others' writes may be. */
    static final double SLOWER = 1.5;

    DeletionPlan {
        require(workspaces >= 1 && workspaces <= 1_000_000, "--workspaces must be from 1 to 1000000");
        require(objects >= 1 && objects <= 128, "--objects must be from 1 to 128, which one request writes");
        require(specBytes >= 32 && specBytes <= 4_096, "--size must be from 32 to 4096");
        require(watchers >= 1 && watchers <= 10_000, "--watchers must be from 1 to 10000");
        require(clients >= 1 && clients <= 10_000, "--clients must be from 1 to 10000");
        require(perSecond >= 1 && perSecond <= 1_000_000, "--rate must be from 1 to 1000000");
        require(others >= 1 && others <= 10_000_000, "--others must be from 1 to 10000000");
        require(warmUps >= 0 && warmUps <= 100, "--warmup must be from 0 to 100");
        require(rounds >= 1 && rounds <= 100, "--rounds must be from 1 to 100");
        require(seconds >= 1 && seconds <= 600, "--seconds must be from 1 to 600");
        require(settleSeconds >= 1 && settleSeconds <= 3_600, "--settle must be from 1 to 3600");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
