package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Named;
import dev.proreus.guarantees.truth.Strands;
import dev.proreus.guarantees.truth.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What all validators say of a recording.
 *
 * @param events events that were judged
 * @param operations operations that were judged
 * @param count places where a guarantee does not hold
 * @param violations the first of them for each guarantee
 */
public record Verdict(long events, long operations, long count, List<Violation> violations) {
    /** Violations that are told of each guarantee: one fault often shows in thousands of places. */
    private static final int TOLD = 10;

    private static final List<Validator> ALL = List.of(
            new Durable(),
            new Serial(),
            new Ordered(),
            new Unique(),
            new Atomic(),
            new Reliable(),
            new Resumable(),
            new Bookmarkable(),
            new Convergent(),
            new Filter(),
            new Previous(),
            new Isolated(),
            new Bounded());

    /** Those that look at watches over subtrees as a whole. */
    private static final List<Validator> OF_SUBTREES = List.of(new Deletions());

    /** Takes a copy. */
    public Verdict {
        violations = List.copyOf(violations);
    }

    /** Judges a recording by every guarantee. */
    public static Verdict of(Recording recording) {
        Truth truth = Truth.of(recording);
        Recording named = Named.of(recording, truth);
        Recording apart = Strands.of(named, truth);
        List<Violation> told = new ArrayList<>();
        long count = 0;
        for (Validator validator : ALL) {
            count += judge(validator, apart, truth, told);
        }
        for (Validator validator : OF_SUBTREES) {
            count += judge(validator, named, truth, told);
        }
        return new Verdict(recording.events(), recording.operations().size(), count, told);
    }

    private static long judge(Validator validator, Recording recording, Truth truth, List<Violation> told) {
        int before = told.size();
        long[] count = new long[1];
        validator.validate(recording, truth, violation -> {
            count[0]++;
            if (told.size() - before < TOLD) {
                told.add(violation);
            }
        });
        return count[0];
    }

    /** Returns whether every guarantee holds. */
    public boolean holds() {
        return count == 0;
    }

    /** Returns the names of the guarantees that do not hold. */
    public Set<String> broken() {
        return violations.stream().map(Violation::guarantee).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Throws where a guarantee does not hold, with what was found. */
    public void require() {
        if (!holds()) {
            throw new AssertionError(this);
        }
    }

    /** Returns the verdict as people read it. */
    @Override
    public String toString() {
        String all = operations + " operations, " + events + " events, " + count + " violations";
        return violations.isEmpty()
                ? all
                : all + "\n  " + violations.stream().map(Violation::toString).collect(Collectors.joining("\n  "));
    }
}
