package dev.proreus.guarantees.crash;

import dev.proreus.guarantees.validate.Verdict;

/**
 * What came of a crash run.
 *
 * @param cycles kills that came while writes were under way
 * @param acknowledged writes that were acknowledged
 * @param unknown writes whose answer never came
 * @param verdict what the validators say
 * @param failure why the run ended early; empty where it did not
 */
public record CrashResult(int cycles, long acknowledged, long unknown, Verdict verdict, String failure) {
    /** Returns whether nothing was lost and every guarantee held. */
    public boolean holds() {
        return verdict.holds() && failure.isEmpty();
    }

    /** Returns the percentage of kills that may do harm at most, with 95 % confidence, where none of them did. */
    public double boundPercent() {
        return cycles == 0 ? 100 : Math.min(100, 300.0 / cycles);
    }
}
