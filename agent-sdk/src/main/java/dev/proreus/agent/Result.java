package dev.proreus.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a {@link Reconciler} got. It becomes the object's status: conditions Ready, Reconciling and Stalled, the
 * generation that it speaks of, and the status given here. What the server has already is not sent again.
 *
 * <p>Immutable: every method returns a new result.
 */
public final class Result {
    /** How a call may end. */
    public enum Outcome {
        /** The world is as the spec says: Ready=True. */
        READY,
        /** On the way: Ready=False, Reconciling=True. */
        PROGRESSING,
        /** It failed, and is tried again: Ready=False, Stalled=True. */
        FAILED
    }

    private static final Set<String> TAKEN =
            Set.of(Condition.READY, Condition.RECONCILING, Condition.STALLED, "Accepted", "Held", "DeletionBlocked");

    private final Outcome outcome;
    private final String reason;
    private final String message;
    private final @Nullable Fields status;
    private final @Nullable Duration again;
    private final List<Condition> conditions;

    private Result(
            Outcome outcome,
            String reason,
            String message,
            @Nullable Fields status,
            @Nullable Duration again,
            List<Condition> conditions) {
        this.outcome = outcome;
        this.reason = Condition.requireWord("reason", reason);
        this.message = message;
        this.status = status;
        this.again = again;
        this.conditions = List.copyOf(conditions);
    }

    /** The world is as the spec says. */
    public static Result ready(String reason) {
        return new Result(Outcome.READY, reason, "", null, null, List.of());
    }

    /** On the way. Without {@link #again}, the next call comes with the next change of the spec. */
    public static Result progressing(String reason) {
        return new Result(Outcome.PROGRESSING, reason, "", null, null, List.of());
    }

    /** It failed. The call is repeated, with growing delays where {@link #again} says none. */
    public static Result failed(String reason) {
        return new Result(Outcome.FAILED, reason, "", null, null, List.of());
    }

    /** Adds a sentence for people, such as {@code 3 of 7 steps}. */
    public Result message(String text) {
        return new Result(outcome, reason, text, status, again, conditions);
    }

    /**
     * Sets the whole status; the one before is replaced. A result that names no status leaves it as it is.
     * {@code conditions} and {@code observedGeneration} in it are left out: the SDK writes them.
     */
    public Result status(Fields fields) {
        Fields body = fields.without("conditions").without("observedGeneration");
        return new Result(outcome, reason, message, body, again, conditions);
    }

    /** Sets the whole status, as {@link #status(Fields)} does. */
    public Result status(Map<String, ?> fields) {
        return status(Fields.of(fields));
    }

    /** Adds a field to the status that this result has so far: the whole status is the fields added so. */
    public Result status(String key, @Nullable Object value) {
        return status((status == null ? Fields.empty() : status).with(key, value));
    }

    /**
     * Asks for the next call after a delay, of a year at most, even if nothing changes.
     *
     * @throws IllegalArgumentException where the delay is negative
     */
    public Result again(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("again after " + delay + ": a delay cannot be negative");
        }
        return new Result(outcome, reason, message, status, delay, conditions);
    }

    /**
     * Adds a condition of the author's own.
     *
     * @throws IllegalArgumentException where its type is one that the SDK or the server writes
     */
    public Result condition(Condition condition) {
        if (TAKEN.contains(condition.type())) {
            throw new IllegalArgumentException(
                    "condition " + condition.type() + " is written by the SDK or the server: use another type");
        }
        List<Condition> more = new ArrayList<>(conditions);
        more.removeIf(other -> other.type().equals(condition.type()));
        more.add(condition);
        return new Result(outcome, reason, message, status, again, more);
    }

    /** Adds a condition that is True or False. */
    public Result condition(String type, boolean holds, String why, String sentence) {
        return condition(Condition.of(type, holds, why, sentence));
    }

    /** Returns how the call ended. */
    public Outcome outcome() {
        return outcome;
    }

    /** Returns why, one word. */
    public String reason() {
        return reason;
    }

    /** Returns why, a sentence; may be empty. */
    public String message() {
        return message;
    }

    /** Returns the status; empty where it stays as it is. */
    public Optional<Fields> status() {
        return Optional.ofNullable(status);
    }

    /** Returns after what delay the next call is asked for. */
    public Optional<Duration> again() {
        return Optional.ofNullable(again);
    }

    /** Returns the author's own conditions. */
    public List<Condition> conditions() {
        return conditions;
    }

    /** Returns outcome and reason, and no body. */
    @Override
    public String toString() {
        return outcome + " " + reason + (message.isEmpty() ? "" : ": " + message);
    }
}
