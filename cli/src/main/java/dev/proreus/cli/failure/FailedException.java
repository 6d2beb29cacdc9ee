package dev.proreus.cli.failure;

import java.util.ArrayList;
import java.util.List;

/** A command that cannot go on, with what its user is told. Immutable; it carries no stack trace, being an answer. */
public final class FailedException extends RuntimeException {
    private final ExitCode exitCode;
    private final transient List<String> details;
    private final transient List<String> advice;
    private final boolean hopeless;

    private FailedException(
            ExitCode exitCode, String what, List<String> details, List<String> advice, boolean hopeless) {
        super(what, null, false, false);
        this.exitCode = exitCode;
        this.details = details;
        this.advice = advice;
        this.hopeless = hopeless;
    }

    /** Returns a failure that says what is wrong in one sentence. */
    public static FailedException because(ExitCode exitCode, String what) {
        return new FailedException(exitCode, what, List.of(), List.of(), false);
    }

    /** Returns a copy with one more line about why. */
    public FailedException detail(String line) {
        return new FailedException(exitCode, what(), with(details, line), advice, hopeless);
    }

    /** Returns a copy with one more line about what to do. */
    public FailedException advise(String line) {
        return new FailedException(exitCode, what(), details, with(advice, line), hopeless);
    }

    /** Returns a copy with where it happened before what is wrong. */
    public FailedException at(String where) {
        return new FailedException(exitCode, where + ": " + what(), details, advice, hopeless);
    }

    /** Returns a copy that says that what was to come after it would fail likewise. */
    public FailedException hopelessly() {
        return new FailedException(exitCode, what(), details, advice, true);
    }

    /** Returns whether what was to come after it would fail likewise, as where no server answers. */
    public boolean hopeless() {
        return hopeless;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** Returns what is wrong, in one sentence. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** Returns the block that a person reads: what, why, what to do. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(what());
        details.forEach(line -> lines.add("  " + line));
        advice.forEach(line -> lines.add("  try: " + line));
        return lines;
    }

    private static List<String> with(List<String> lines, String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return List.copyOf(more);
    }
}
