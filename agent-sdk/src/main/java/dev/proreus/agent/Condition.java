package dev.proreus.agent;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A typed statement about an object, such as {@code Calibrated}, kept in {@code status.conditions}.
 *
 * @param type what the statement is about, a camel-case word
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason why, one camel-case word for programs
 * @param message why, a sentence for people; may be empty
 */
public record Condition(String type, String status, String reason, String message) {
    /** Ready: the world is as the spec says. */
    public static final String READY = "Ready";
    /** Reconciling: the agent works towards the spec. */
    public static final String RECONCILING = "Reconciling";
    /** Stalled: the agent cannot get on. */
    public static final String STALLED = "Stalled";

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,127}");
    private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");

    /** Checks all parts. */
    public Condition {
        requireWord("type", type);
        requireWord("reason", reason);
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException(
                    "status of a condition is '" + status + "': it must be True, False or Unknown");
        }
    }

    /** Returns a condition that is True or False. */
    public static Condition of(String type, boolean holds, String reason, String message) {
        return new Condition(type, holds ? "True" : "False", reason, message);
    }

    static String requireWord(String what, String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException(
                    what + " '" + word + "' must be one camel-case word of at most 128 letters and digits");
        }
        return word;
    }
}
