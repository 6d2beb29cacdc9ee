package dev.proreus.workspace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that the engine refuses for a reason that its caller can act on.
 *
 * <p>The message says what, why and what to do next; every dynamic value in it is also in the metadata, so that a
 * program need not parse text. It carries no stack trace: a refusal is an answer, not a fault. Faults of the program
 * are ordinary exceptions and reach the caller as INTERNAL.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final transient Map<String, String> metadata;
    private final transient List<FieldViolation> violations;
    private final @Nullable Duration retryAfter;

    private RefusedException(
            Reason reason,
            String message,
            Map<String, String> metadata,
            List<FieldViolation> violations,
            @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.reason = reason;
        this.metadata = metadata;
        this.violations = violations;
        this.retryAfter = retryAfter;
    }

    /** Returns a refusal whose message says what, why and what to do. */
    public static RefusedException because(Reason reason, String message) {
        return new RefusedException(reason, message, Map.of(), List.of(), null);
    }

    /** Returns a refusal of an object or request with all its violations at once; {@code violations} is not empty. */
    public static RefusedException invalid(Reason reason, String what, List<FieldViolation> violations) {
        FieldViolation first = violations.get(0);
        String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
        String message = what + ": " + first.field() + ": " + first.description() + more;
        return new RefusedException(reason, message, Map.of(), List.copyOf(violations), null);
    }

    /** Returns a copy with one more metadata entry. */
    public RefusedException with(String key, Object value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(key, String.valueOf(value));
        return new RefusedException(reason, text(), Map.copyOf(more), violations, retryAfter);
    }

    /** Returns a copy that says in which part of a request it arose, such as {@code writes[3].apply}. */
    public RefusedException within(String part) {
        List<FieldViolation> inside = violations.stream()
                .map(each -> new FieldViolation(part + "." + each.field(), each.description()))
                .toList();
        return new RefusedException(reason, part + ": " + text(), metadata, inside, retryAfter);
    }

    /** Returns a copy with the violations of other parts of the request, of which there is at least one. */
    public RefusedException and(List<FieldViolation> others) {
        List<FieldViolation> all = new ArrayList<>(violations);
        all.addAll(others);
        String message = text() + "; and " + others.size() + " more in other places, such as "
                + others.get(0).field();
        return new RefusedException(reason, message, metadata, List.copyOf(all), retryAfter);
    }

    /** Returns a copy that tells the caller when to try again. */
    public RefusedException retryAfter(Duration delay) {
        return new RefusedException(reason, text(), metadata, violations, delay);
    }

    public Reason reason() {
        return reason;
    }

    /** Returns the message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    public List<FieldViolation> violations() {
        return violations;
    }

    /** Returns when to try again, or null where trying again does not help by itself. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
