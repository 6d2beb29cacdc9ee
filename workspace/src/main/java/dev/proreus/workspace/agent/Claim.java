package dev.proreus.workspace.agent;

import org.jspecify.annotations.Nullable;

/**
 * What an agent drives: one object by name, the objects whose assignment field has one value, or a whole type.
 *
 * @param typeId internal id of the type
 * @param kind how the claim picks objects
 * @param value the name or the assignment value; empty for a whole type
 */
public record Claim(int typeId, Kind kind, String value) {
    /** How a claim picks objects, the most specific first. */
    public enum Kind {
        /** By name. */
        NAME,
        /** By the value of the type's assignment field. */
        ASSIGNMENT,
        /** All objects of the type. */
        WHOLE_TYPE
    }

    /** Returns whether the claim covers an object of its type. */
    public boolean covers(String name, @Nullable String assignment) {
        return switch (kind) {
            case NAME -> value.equals(name);
            case ASSIGNMENT -> value.equals(assignment);
            case WHOLE_TYPE -> true;
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case NAME -> "name " + value;
            case ASSIGNMENT -> "assignment value " + value;
            case WHOLE_TYPE -> "whole type";
        };
    }
}
