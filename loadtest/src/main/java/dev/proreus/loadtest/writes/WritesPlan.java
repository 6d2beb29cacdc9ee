package dev.proreus.loadtest.writes;

/**
 * What a run does.
 *
 * @param clients clients, each with one write under way
 * @param connections connections that they share
 * @param total writes
 * @param objects objects that are written in turn
 * @param specBytes bytes of each object's spec
 */
record WritesPlan(int clients, int connections, int total, int objects, int specBytes) {
    /** The most clients or writes: the names of objects and the numbers of writes have nine digits. */
    private static final int MOST = 100_000_000;

    WritesPlan {
        require(clients >= 1 && clients <= MOST, "--clients must be from 1 to " + MOST);
        require(connections >= 1 && connections <= clients, "--connections must be from 1 to the number of clients");
        require(total >= 1 && total <= MOST, "--total must be from 1 to " + MOST);
        require(objects >= 1 && objects <= MOST, "--objects must be from 1 to " + MOST);
        require(specBytes >= 32 && specBytes <= 500_000, "--size must be from 32 to 500000");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
