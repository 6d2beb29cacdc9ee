package dev.proreus.cli.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A command that cannot go on, with what its user is told. Immutable; it carries no stack trace, being an answer. */
public final class FailedException extends RuntimeException {
    private final ExitCode exitCode;
    private final transient List<Detail> details;
    private final transient List<String> advice;
    private final boolean hopeless;

    private FailedException(
            ExitCode exitCode, String what, List<Detail> details, List<String> advice, boolean hopeless) {
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
        return new FailedException(exitCode, what(), with(details, new Detail("", line)), advice, hopeless);
    }

    /** Returns a copy with one more line about a field of the request that breaks a rule. */
    public FailedException violation(String field, String description) {
        return new FailedException(exitCode, what(), with(details, new Detail(field, description)), advice, hopeless);
    }

    /** Returns a copy that says of each field where it stands, if that is known. */
    public FailedException located(Function<String, Optional<String>> places) {
        List<Detail> located = details.stream()
                .map(detail -> places.apply(detail.field())
                        .map(place -> new Detail(place + ": " + detail.field(), detail.text()))
                        .orElse(detail))
                .toList();
        return new FailedException(exitCode, what(), located, advice, hopeless);
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
        details.forEach(detail -> lines.add("  " + detail));
        advice.forEach(line -> lines.add("  try: " + line));
        return lines;
    }

    private static <T> List<T> with(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }

    /** A line about why, and the field that it is about, if any. */
    private record Detail(String field, String text) {
        @Override
        public String toString() {
            return field.isEmpty() ? text : field + ": " + text;
        }
    }
}
