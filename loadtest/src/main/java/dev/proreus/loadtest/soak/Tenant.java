package dev.proreus.loadtest.soak;

import dev.proreus.loadtest.client.Letters;
import dev.proreus.loadtest.soak.Calls.RefusedCallException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client that makes a workspace, works in it, reads everything back and takes it away, over and over; or that stays
 * in its first one. Runs on a thread of its own.
 */
final class Tenant implements Runnable {
    /** Writes in a workspace before it goes, from and to below. */
    private static final int WRITES_MIN = 20;

    private static final int WRITES_END = 120;

    /** One workspace in so many has agents, and lets one come or go once in so many writes. */
    private static final int AGENTS_ONE_IN = 3;

    private static final int CHANGES_ONE_IN = 10;

    /** Those that stay have agents that change less often: else their workspaces would be all agents. */
    private static final int STAYING_CHANGES_ONE_IN = 100;

    /** What all tenants share. */
    record Common(Letters letters, Calls calls, Ledger ledger, Places places, Crews crews, BooleanSupplier over) {}

    /** Gathers agents in a workspace. */
    @FunctionalInterface
    interface Crews {
        Crew in(String workspace, RandomGenerator random);
    }

    private final Common common;
    private final int number;
    private final boolean stays;
    private final Pace pace;
    private final RandomGenerator random;
    private int made;
    private volatile @Nullable Holding last;

    Tenant(Common common, int number, boolean stays, Pace pace, RandomGenerator random) {
        this.common = common;
        this.number = number;
        this.stays = stays;
        this.pace = pace;
        this.random = random;
    }

    @Override
    public void run() {
        while (!common.over().getAsBoolean()) {
            Holding holding = new Holding(
                    "root:soak:tenant-" + number + "-" + made++,
                    common.letters(),
                    common.calls(),
                    common.ledger(),
                    random);
            Crew crew = common.crews().in(holding.path(), random);
            try {
                live(holding, crew);
            } catch (RefusedCallException e) {
                common.ledger().fault(holding.path() + ": " + e.getMessage());
            } finally {
                common.places().set(number, null);
                crew.leave();
            }
        }
    }

    private void live(Holding holding, Crew crew) throws RefusedCallException {
        holding.make();
        last = holding;
        common.places().set(number, holding.path());
        boolean agents = stays || random.nextInt(AGENTS_ONE_IN) == 0;
        int writes = stays ? Integer.MAX_VALUE : random.nextInt(WRITES_MIN, WRITES_END);
        for (int i = 0; i < writes && !common.over().getAsBoolean(); i++) {
            pace.await();
            holding.step();
            if (agents && random.nextInt(stays ? STAYING_CHANGES_ONE_IN : CHANGES_ONE_IN) == 0) {
                crew.change();
            }
        }
        if (common.over().getAsBoolean()) {
            return;
        }
        holding.compare();
        common.places().set(number, null);
        last = null;
        leave(holding, crew);
    }

    /** Half of the workspaces go by force, with a child and with agents that are at work. */
    private void leave(Holding holding, Crew crew) throws RefusedCallException {
        boolean force = random.nextBoolean();
        holding.makeChild();
        if (!force) {
            holding.removeChild();
            crew.leave();
        }
        holding.leave(force);
    }

    /** Reads back what it left at the end of the run. */
    void compare() {
        Holding left = last;
        if (left != null) {
            try {
                left.compare();
            } catch (RefusedCallException e) {
                common.ledger().fault(left.path() + ": " + e.getMessage());
            }
        }
    }
}
