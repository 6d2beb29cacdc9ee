package dev.proreus.workspace;

import java.util.Objects;

/**
 * One place of a request that breaks a rule.
 *
 * @param field path of the place, such as {@code spec.route[3].speed}
 * @param description what is wrong there and what would be right, one sentence
 */
public record FieldViolation(String field, String description) {
    public FieldViolation {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(description, "description");
    }
}
