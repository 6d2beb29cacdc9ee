package dev.proreus.agent;

/** Which objects of a type an agent drives. On one object the most specific claim wins: name, assignment, type. */
public sealed interface Claim {
    /**
     * The one object of a name.
     *
     * @param name the name
     */
    record Named(String name) implements Claim {}

    /**
     * The objects whose assignment field, such as {@code spec.agent}, has a value.
     *
     * @param value the value, commonly the agent's name
     */
    record Assigned(String value) implements Claim {}

    /** All objects of the type. */
    record WholeType() implements Claim {}
}
