package dev.proreus.cli.failure;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what somebody probably meant to type. */
public final class Nearest {
    /** Longer words are not compared: nobody mistypes those by hand, and the cost grows with the square. */
    private static final int COMPARED_CHARS = 64;

    private Nearest() {}

    /** Returns the candidate that is the fewest edits away from {@code word}, where those are few for its length. */
    public static Optional<String> to(String word, Stream<String> candidates) {
        if (word.length() > COMPARED_CHARS) {
            return Optional.empty();
        }
        int allowed = Math.max(1, word.length() / 3);
        return candidates
                .filter(each -> each.length() <= COMPARED_CHARS && !each.equals(word))
                .map(each -> new Scored(each, edits(word, each)))
                .filter(each -> each.edits() <= allowed)
                .min(Comparator.comparingInt(Scored::edits).thenComparing(Scored::word))
                .map(Scored::word);
    }

    /** Counts insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, 1 + cost[i - 2][j - 2]) : least;
    }

    private record Scored(String word, int edits) {}
}
