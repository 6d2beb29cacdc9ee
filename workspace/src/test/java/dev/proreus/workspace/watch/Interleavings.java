package dev.proreus.workspace.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs a small world once for every order in which its actors can move. */
final class Interleavings {
    private final List<Integer> chosen = new ArrayList<>();
    private final List<Integer> outOf = new ArrayList<>();

    private Interleavings() {}

    /** Explores all orders and returns how many there are; a failure tells the order it happened in. */
    static long explore(Supplier<? extends World> fresh) {
        Interleavings paths = new Interleavings();
        long runs = 0;
        do {
            paths.run(fresh.get());
            runs++;
        } while (paths.next());
        return runs;
    }

    private void run(World world) {
        try {
            int depth = 0;
            for (int moves = world.moves(); moves > 0; moves = world.moves()) {
                if (depth == chosen.size()) {
                    chosen.add(0);
                    outOf.add(moves);
                }
                world.move(chosen.get(depth));
                depth++;
            }
            world.check();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("in the order " + chosen, e);
        }
    }

    private boolean next() {
        for (int last = chosen.size() - 1; last >= 0; last--) {
            int choice = chosen.get(last) + 1;
            if (choice < outOf.get(last)) {
                chosen.set(last, choice);
                chosen.subList(last + 1, chosen.size()).clear();
                outOf.subList(last + 1, outOf.size()).clear();
                return true;
            }
        }
        return false;
    }

    /** What is explored: as deterministic as its moves. */
    interface World {
        /** Returns how many actors can move now. */
        int moves();

        /** Lets one of them move. */
        void move(int which);

        /** Checks the end, where nobody can move. */
        void check();
    }
}
